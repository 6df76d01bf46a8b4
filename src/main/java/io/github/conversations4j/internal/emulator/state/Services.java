package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;
import java.util.List;

/** The services of the account: commands and queries. Thread-safe. */
public final class Services {
    private final AccountState state;

    Services(AccountState state) {
        this.state = state;
    }

    /**
     * Makes a service, with its default roles.
     *
     * @param cause who acts
     * @param friendlyName its name
     * @return the service
     * @throws TwilioFault if a rule forbids it
     */
    public StoredService create(Cause cause, String friendlyName) {
        String name = Rules.text(
                friendlyName, "FriendlyName", 50003, state.world.limits().name(), null);
        if (name == null) {
            throw TwilioFault.invalid(50000, "FriendlyName must be given");
        }
        return open(cause, state.world.sids().next("IS"), name);
    }

    StoredService open(Cause cause, String sid, String friendlyName) {
        Instant now = state.world.now();
        StoredService made = new StoredService(sid, friendlyName, now, now);
        ChatService door = new ChatService(new ServiceState(state.world, sid));
        return state.commit(() -> {
            state.services.add(sid, made);
            state.doors.add(sid, door);
            state.record(cause, null, made);
            return made;
        });
    }

    /**
     * Deletes a service with everything in it.
     *
     * @param cause who acts
     * @param sid the service
     * @throws TwilioFault if it is not there, or is the default service, without which the short paths lead nowhere
     */
    public void delete(Cause cause, String sid) {
        ChatService gone = state.commit(() -> {
            StoredService before = stored(sid);
            ChatService door = door(sid);
            if (sid.equals(state.settings.get().defaultServiceSid())) {
                throw TwilioFault.invalid(50002, "Service " + sid + " is the default service of the account");
            }
            state.services.remove(sid);
            state.doors.remove(sid);
            state.record(cause, before, null);
            return door;
        });
        gone.delete();
    }

    /**
     * Finds a service.
     *
     * @param sid the service
     * @return the service
     * @throws TwilioFault if it is not there
     */
    public StoredService get(String sid) {
        return state.read(() -> stored(sid));
    }

    /**
     * Lists services.
     *
     * @param at which page
     * @return the page
     */
    public ShelfPage<StoredService> list(PageAt at) {
        return state.read(() -> state.services.page(at, service -> true));
    }

    /**
     * Opens every service there is now.
     *
     * @return their doors, in the order in which they were made
     */
    public List<ChatService> all() {
        return state.read(state.doors::all);
    }

    ChatService open(String sid) {
        return state.read(() -> door(sid));
    }

    private ChatService door(String sid) {
        ChatService found = state.doors.find(sid);
        if (found == null) {
            throw TwilioFault.notFound("/Services/" + sid);
        }
        return found;
    }

    private StoredService stored(String sid) {
        StoredService found = state.services.find(sid);
        if (found == null) {
            throw TwilioFault.notFound("/Services/" + sid);
        }
        return found;
    }
}
