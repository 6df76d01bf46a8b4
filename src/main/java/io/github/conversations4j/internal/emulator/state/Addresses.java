package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.internal.emulator.state.AddressConfiguration.AutoCreation;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The addresses of the account: commands and queries. One is named by its SID or the address itself. Thread-safe. */
public final class Addresses {
    private static final List<String> TYPES =
            List.of("sms", "whatsapp", "messenger", "gbm", "email", "rcs", "apple", "chat");
    private static final int INVALID = 20422;

    private final AccountState state;

    Addresses(AccountState state) {
        this.state = state;
    }

    /**
     * What somebody wants an address to be: what is null is left as it is. Immutable.
     *
     * @param type {@code sms}, {@code whatsapp} …; of a new one only
     * @param address the address; of a new one only
     * @param friendlyName its name
     * @param country its country; of a new one only
     * @param autoCreation the conversations that are made
     */
    public record Draft(
            @Nullable String type,
            @Nullable String address,
            @Nullable String friendlyName,
            @Nullable String country,
            AutoCreation autoCreation) {}

    /**
     * Sets up an address.
     *
     * @param cause who acts
     * @param draft what it shall be
     * @return the address
     * @throws TwilioFault if it is set up already, or a rule forbids it
     */
    public AddressConfiguration create(Cause cause, Draft draft) {
        return state.commit(() -> {
            int max = state.world.limits().name();
            String type = Rules.oneOf(TYPES, draft.type, "Type", INVALID, "");
            String address = Rules.text(draft.address, "Address", 50407, max, null);
            if (type.isEmpty() || address == null) {
                throw TwilioFault.invalid(INVALID, (type.isEmpty() ? "Type" : "Address") + " must be given");
            }
            if (find(address) != null) {
                throw TwilioFault.conflict(20409, "Address " + address + " is configured already");
            }
            Instant now = state.world.now();
            AddressConfiguration made = new AddressConfiguration(
                    state.world.sids().next("IG"),
                    type,
                    address,
                    Rules.text(draft.friendlyName, "FriendlyName", 50003, max, null),
                    Rules.text(draft.country, "AddressCountry", INVALID, 2, null),
                    change(AutoCreation.OFF, draft.autoCreation),
                    now,
                    now);
            state.addresses.add(made.sid(), made);
            state.record(cause, null, made);
            return made;
        });
    }

    /**
     * Changes an address.
     *
     * @param cause who acts
     * @param key SID or address
     * @param draft what it shall be
     * @return the address as it is now
     * @throws TwilioFault if it is not there, or a rule forbids it
     */
    public AddressConfiguration update(Cause cause, String key, Draft draft) {
        return state.commit(() -> {
            AddressConfiguration before = require(key);
            int max = state.world.limits().name();
            AddressConfiguration after = new AddressConfiguration(
                    before.sid(),
                    before.type(),
                    before.address(),
                    Rules.text(draft.friendlyName, "FriendlyName", 50003, max, before.friendlyName()),
                    before.country(),
                    change(before.autoCreation(), draft.autoCreation),
                    before.dateCreated(),
                    state.world.now());
            state.addresses.replace(after.sid(), after);
            state.record(cause, before, after);
            return after;
        });
    }

    /**
     * Gives an address up.
     *
     * @param cause who acts
     * @param key SID or address
     * @throws TwilioFault if it is not there
     */
    public void delete(Cause cause, String key) {
        state.commit(() -> {
            AddressConfiguration gone = require(key);
            state.addresses.remove(gone.sid());
            state.record(cause, gone, null);
            return gone;
        });
    }

    /**
     * Finds an address.
     *
     * @param key SID or address
     * @return the address
     * @throws TwilioFault if it is not there
     */
    public AddressConfiguration get(String key) {
        return state.read(() -> require(key));
    }

    /**
     * Lists addresses.
     *
     * @param at which page
     * @param wanted which ones
     * @return the page
     */
    public ShelfPage<AddressConfiguration> list(PageAt at, Predicate<AddressConfiguration> wanted) {
        return state.read(() -> state.addresses.page(at, wanted));
    }

    private AddressConfiguration require(String key) {
        AddressConfiguration found = find(key);
        if (found == null) {
            throw TwilioFault.notFound("/Configuration/Addresses/" + key);
        }
        return found;
    }

    private @Nullable AddressConfiguration find(String key) {
        AddressConfiguration found = state.addresses.find(key);
        if (found != null) {
            return found;
        }
        return state.addresses.all().stream()
                .filter(configuration -> configuration.address().equals(key))
                .findFirst()
                .orElse(null);
    }

    private AutoCreation change(AutoCreation before, AutoCreation draft) {
        List<String> filters = EventName.filters(draft.webhookFilters(), "AutoCreation.WebhookFilters", true, 50325);
        String service =
                Rules.sid("IS", draft.serviceSid(), "AutoCreation.ConversationServiceSid", 50050, before.serviceSid());
        if (draft.serviceSid() != null && service != null && state.services.find(service) == null) {
            throw TwilioFault.invalid(50050, "AutoCreation.ConversationServiceSid " + service + " was not found");
        }
        AutoCreation after = new AutoCreation(
                draft.enabled() == null ? before.enabled() : draft.enabled(),
                word(List.of("webhook", "studio", "default"), draft.type(), "AutoCreation.Type", before.type()),
                service,
                Rules.url(draft.webhookUrl(), "AutoCreation.WebhookUrl", 50372, 2048, before.webhookUrl()),
                word(
                        List.of("GET", "POST"),
                        draft.webhookMethod(),
                        "AutoCreation.WebhookMethod",
                        before.webhookMethod()),
                filters == null ? before.webhookFilters() : filters,
                Rules.sid("FW", draft.studioFlowSid(), "AutoCreation.StudioFlowSid", 50327, before.studioFlowSid()),
                draft.studioRetryCount() == null ? before.studioRetryCount() : draft.studioRetryCount());
        if ("webhook".equals(after.type()) && after.webhookUrl() == null) {
            throw TwilioFault.invalid(50369, "AutoCreation.WebhookUrl must be given for the type webhook");
        }
        if ("studio".equals(after.type()) && after.studioFlowSid() == null) {
            throw TwilioFault.invalid(50327, "AutoCreation.StudioFlowSid must be given for the type studio");
        }
        return after;
    }

    private static @Nullable String word(
            List<String> words, @Nullable String given, String parameter, @Nullable String otherwise) {
        return given == null || given.isEmpty() ? otherwise : Rules.oneOf(words, given, parameter, INVALID, "");
    }
}
