package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The devices of the users of a service: commands and queries. Thread-safe. */
public final class Bindings {
    private final ServiceState state;

    Bindings(ServiceState state) {
        this.state = state;
    }

    /**
     * A device that wants to be notified.
     *
     * @param identity the user
     * @param endpoint names the device
     * @param type {@code apn}, {@code gcm}, {@code fcm} or {@code twilsock}
     * @param credentialSid the push credential; null for none
     * @param messageTypes what it wants to be notified of
     */
    public record Registration(
            String identity,
            String endpoint,
            String type,
            @Nullable String credentialSid,
            List<String> messageTypes) {}

    /**
     * Registers a device. Registered again, it is the same binding with what it wants now.
     *
     * @param cause who acts
     * @param registration the device
     * @return the binding
     */
    public StoredBinding register(Cause cause, Registration registration) {
        return state.commit(() -> {
            Instant now = state.world.now();
            StoredBinding before = state.bindings.all().stream()
                    .filter(known -> known.identity().equals(registration.identity())
                            && known.endpoint().equals(registration.endpoint())
                            && known.type().equals(registration.type()))
                    .findFirst()
                    .orElse(null);
            StoredBinding after = new StoredBinding(
                    before == null ? state.world.sids().next("BS") : before.sid(),
                    registration.identity(),
                    registration.endpoint(),
                    registration.type(),
                    registration.credentialSid(),
                    registration.messageTypes(),
                    before == null ? now : before.dateCreated(),
                    now);
            if (before == null) {
                state.bindings.add(after.sid(), after);
            } else {
                state.bindings.replace(after.sid(), after);
            }
            state.record(cause, List.of(), stamp -> new Change.OfResource(stamp, before, after));
            return after;
        });
    }

    /**
     * Forgets a device.
     *
     * @param cause who acts
     * @param sid the binding
     * @throws TwilioFault if it is not there
     */
    public void delete(Cause cause, String sid) {
        state.commit(() -> {
            StoredBinding gone = binding(sid);
            remove(cause, gone);
            return gone;
        });
    }

    /**
     * Forgets all devices of some kind; there need be none.
     *
     * @param cause who acts
     * @param unwanted which ones
     */
    public void forget(Cause cause, Predicate<StoredBinding> unwanted) {
        state.commit(() -> {
            List<StoredBinding> gone =
                    state.bindings.all().stream().filter(unwanted).toList();
            gone.forEach(binding -> remove(cause, binding));
            return gone;
        });
    }

    private void remove(Cause cause, StoredBinding gone) {
        state.bindings.remove(gone.sid());
        state.record(cause, List.of(), stamp -> new Change.OfResource(stamp, gone, null));
    }

    /**
     * Finds a device.
     *
     * @param sid the binding
     * @return the binding
     * @throws TwilioFault if it is not there
     */
    public StoredBinding get(String sid) {
        return state.read(() -> binding(sid));
    }

    /**
     * Lists devices.
     *
     * @param at which page
     * @param wanted which ones
     * @return the page
     */
    public ShelfPage<StoredBinding> list(PageAt at, Predicate<StoredBinding> wanted) {
        return state.read(() -> state.bindings.page(at, wanted));
    }

    private StoredBinding binding(String sid) {
        StoredBinding found = state.bindings.find(sid);
        if (found == null) {
            throw TwilioFault.notFound("/Services/" + state.sid + "/Bindings/" + sid);
        }
        return found;
    }
}
