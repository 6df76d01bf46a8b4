package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.internal.emulator.state.StoredRole.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a service is set up: default roles, webhooks, notifications. Thread-safe. */
public final class ServiceConfiguration {
    private final ServiceState state;

    ServiceConfiguration(ServiceState state) {
        this.state = state;
    }

    /**
     * What somebody wants the settings to be: what is null is left as it is. Immutable.
     *
     * @param creatorRoleSid the role of who makes a conversation
     * @param conversationRoleSid the role of who is added to a conversation
     * @param serviceRoleSid the role of a new user
     * @param reachability whether it is told who is online
     */
    public record Draft(
            @Nullable String creatorRoleSid,
            @Nullable String conversationRoleSid,
            @Nullable String serviceRoleSid,
            @Nullable Boolean reachability) {}

    /**
     * Gives the settings.
     *
     * @return the settings as they are now
     */
    public ServiceSettings settings() {
        return state.read(() -> state.settings);
    }

    /**
     * Changes the settings.
     *
     * @param cause who acts
     * @param draft what they shall be
     * @return the settings as they are now
     * @throws TwilioFault if a role is not there, or of the wrong type
     */
    public ServiceSettings update(Cause cause, Draft draft) {
        return state.commit(() -> {
            ServiceSettings before = state.settings;
            state.settings = new ServiceSettings(
                    role(draft.creatorRoleSid, "DefaultConversationCreatorRoleSid", Type.CONVERSATION)
                            .orElse(before.creatorRoleSid()),
                    role(draft.conversationRoleSid, "DefaultConversationRoleSid", Type.CONVERSATION)
                            .orElse(before.conversationRoleSid()),
                    role(draft.serviceRoleSid, "DefaultChatServiceRoleSid", Type.SERVICE)
                            .orElse(before.serviceRoleSid()),
                    draft.reachability == null ? before.reachability() : draft.reachability);
            return recorded(cause, before, state.settings);
        });
    }

    /**
     * Gives the webhooks of the service.
     *
     * @return the webhooks as they are now
     */
    public WebhookSettings webhooks() {
        return state.read(() -> state.webhooks);
    }

    /**
     * Changes the webhooks of the service.
     *
     * @param cause who acts
     * @param draft what they shall be
     * @return the webhooks as they are now
     * @throws TwilioFault if a rule forbids it
     */
    public WebhookSettings updateWebhooks(Cause cause, WebhookSettings.Draft draft) {
        return state.commit(() -> {
            WebhookSettings before = state.webhooks;
            state.webhooks = before.with(draft);
            return recorded(cause, before, state.webhooks);
        });
    }

    /**
     * Gives the notifications of the service.
     *
     * @return the notifications as they are now
     */
    public NotificationSettings notifications() {
        return state.read(() -> state.notifications);
    }

    /**
     * Changes the notifications of the service.
     *
     * @param cause who acts
     * @param draft what they shall be
     * @return the notifications as they are now
     * @throws TwilioFault if a rule forbids it
     */
    public NotificationSettings updateNotifications(Cause cause, NotificationSettings draft) {
        return state.commit(() -> {
            NotificationSettings before = state.notifications;
            state.notifications = before.with(draft);
            return recorded(cause, before, state.notifications);
        });
    }

    private Optional<String> role(@Nullable String sid, String parameter, Type type) {
        if (sid == null || sid.isEmpty()) {
            return Optional.empty();
        }
        StoredRole found = state.roles.find(sid);
        if (found == null || found.type() != type) {
            throw TwilioFault.invalid(50100, parameter + " " + sid + " is no role of that type in this service");
        }
        return Optional.of(sid);
    }

    private <T extends Record> T recorded(Cause cause, T before, T after) {
        state.record(cause, List.of(), stamp -> new Change.OfResource(stamp, before, after));
        return after;
    }
}
