package io.github.conversations4j.internal.emulator.state;

import java.util.List;
import java.util.function.Supplier;

/**
 * One service of the account: the door to everything in it, by kind. Thread-safe.
 */
public final class ChatService {
    private final ServiceState state;
    private final Conversations conversations;
    private final Messages messages;
    private final Participants participants;
    private final Users users;

    ChatService(ServiceState state) {
        this.state = state;
        this.conversations = new Conversations(state);
        this.messages = new Messages(state);
        this.participants = new Participants(state);
        this.users = new Users(state);
    }

    /**
     * What was read, and of which moment.
     *
     * @param sequence the last change that it holds
     * @param value what was read
     * @param <T> what it is
     */
    public record AsOf<T>(long sequence, T value) {}

    /**
     * Gives the SID of the service.
     *
     * @return {@code IS…}
     */
    public String sid() {
        return state.sid;
    }

    /**
     * Reads several things of one moment.
     *
     * @param reading the queries; must only call queries of this service, because its lock is held meanwhile
     * @param <T> what it gives
     * @return what it gave, and the last change before it
     */
    public <T> AsOf<T> asOf(Supplier<T> reading) {
        return state.read(() -> new AsOf<>(state.sequence(), reading.get()));
    }

    /**
     * Gives the settings.
     *
     * @return the settings as they are now
     */
    public ServiceSettings settings() {
        return state.read(() -> state.settings);
    }

    /**
     * Gives where the webhooks of this service go.
     *
     * @return the settings as they are now
     */
    public WebhookSettings webhooks() {
        return state.webhooks;
    }

    /**
     * Sets where the webhooks of this service go.
     *
     * @param cause who acts
     * @param settings the new settings, all of them
     */
    public void webhooks(Cause cause, WebhookSettings settings) {
        state.commit(() -> {
            WebhookSettings before = state.webhooks;
            state.webhooks = settings;
            state.record(cause, List.of(), stamp -> new Change.OfResource(stamp, before, settings));
            return settings;
        });
    }

    /**
     * Opens the conversations.
     *
     * @return commands and queries
     */
    public Conversations conversations() {
        return conversations;
    }

    /**
     * Opens the messages.
     *
     * @return commands and queries
     */
    public Messages messages() {
        return messages;
    }

    /**
     * Opens the participants.
     *
     * @return commands and queries
     */
    public Participants participants() {
        return participants;
    }

    /**
     * Opens the users.
     *
     * @return commands and queries
     */
    public Users users() {
        return users;
    }

    void delete() {
        state.delete();
    }
}
