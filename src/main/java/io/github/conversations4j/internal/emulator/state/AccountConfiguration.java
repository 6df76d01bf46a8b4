package io.github.conversations4j.internal.emulator.state;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the account is set up: defaults of all services, and webhooks. Thread-safe. */
public final class AccountConfiguration {
    private final AccountState state;

    AccountConfiguration(AccountState state) {
        this.state = state;
    }

    /**
     * What somebody wants the settings to be: what is null is left as it is. Immutable.
     *
     * @param defaultServiceSid the service of the short paths
     * @param defaultMessagingServiceSid the messaging service of new conversations
     * @param defaultInactiveAfter the inactive timer of new conversations; zero for none
     * @param defaultClosedAfter the closed timer of new conversations; zero for none
     */
    public record Draft(
            @Nullable String defaultServiceSid,
            @Nullable String defaultMessagingServiceSid,
            @Nullable Duration defaultInactiveAfter,
            @Nullable Duration defaultClosedAfter) {}

    /**
     * Gives the settings.
     *
     * @return the settings as they are now
     */
    public AccountSettings settings() {
        return state.settings.get();
    }

    /**
     * Changes the settings.
     *
     * @param cause who acts
     * @param draft what they shall be
     * @return the settings as they are now
     * @throws TwilioFault if the service is not there, or a rule forbids it
     */
    public AccountSettings update(Cause cause, Draft draft) {
        return state.commit(() -> {
            AccountSettings before = state.settings.get();
            String service = draft.defaultServiceSid == null ? before.defaultServiceSid() : draft.defaultServiceSid;
            if (state.services.find(service) == null) {
                throw TwilioFault.invalid(50050, "DefaultChatServiceSid " + service + " was not found");
            }
            String messaging = Rules.sid(
                    "MG",
                    draft.defaultMessagingServiceSid,
                    "DefaultMessagingServiceSid",
                    50341,
                    before.defaultMessagingServiceSid());
            AccountSettings after = new AccountSettings(
                    service,
                    messaging == null ? before.defaultMessagingServiceSid() : messaging,
                    Rules.inactiveTimer(
                            StateTimers.wanted(draft.defaultInactiveAfter, before.defaultInactiveAfter()),
                            "DefaultInactiveTimer"),
                    Rules.closedTimer(
                            StateTimers.wanted(draft.defaultClosedAfter, before.defaultClosedAfter()),
                            "DefaultClosedTimer"));
            state.settings.set(after);
            state.record(cause, before, after);
            return after;
        });
    }

    /**
     * Gives the webhooks of the account.
     *
     * @return the webhooks as they are now
     */
    public WebhookSettings webhooks() {
        return state.read(() -> state.webhooks);
    }

    /**
     * Changes the webhooks of the account.
     *
     * @param cause who acts
     * @param draft what they shall be
     * @return the webhooks as they are now
     * @throws TwilioFault if a rule forbids it
     */
    public WebhookSettings updateWebhooks(Cause cause, WebhookSettings.Draft draft) {
        return state.commit(() -> {
            WebhookSettings before = state.webhooks;
            WebhookSettings after = before.with(draft);
            state.webhooks = after;
            state.record(cause, before, after);
            return after;
        });
    }
}
