package io.github.conversations4j.internal.emulator.state;

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
    private final MediaFiles media;
    private final Roles roles;
    private final ScopedWebhooks scopedWebhooks;
    private final Receipts receipts;
    private final Bindings bindings;
    private final GroupConversations groups;
    private final ServiceConfiguration configuration;

    ChatService(ServiceState state) {
        this.state = state;
        this.conversations = new Conversations(state);
        this.messages = new Messages(state);
        this.participants = new Participants(state);
        this.users = new Users(state);
        this.media = new MediaFiles(state);
        this.roles = new Roles(state);
        this.scopedWebhooks = new ScopedWebhooks(state);
        this.receipts = new Receipts(state);
        this.bindings = new Bindings(state);
        this.groups = new GroupConversations(state, conversations, participants);
        this.configuration = new ServiceConfiguration(state);
    }

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
     * @param <T> what they give
     * @return what they gave
     */
    public <T> T atOnce(Supplier<T> reading) {
        return state.read(reading);
    }

    /**
     * Has somebody told of each change in the moment it is made, before anybody can read what it made.
     *
     * @param recorder called in order, under the lock of the service: it must be quick, and may only call queries
     */
    public void record(ChangeListener recorder) {
        state.read(() -> state.recorders.add(recorder));
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

    /**
     * Opens the files that were uploaded.
     *
     * @return commands and queries
     */
    public MediaFiles media() {
        return media;
    }

    /**
     * Opens the roles.
     *
     * @return commands and queries
     */
    public Roles roles() {
        return roles;
    }

    /**
     * Opens the webhooks of single conversations.
     *
     * @return commands and queries
     */
    public ScopedWebhooks scopedWebhooks() {
        return scopedWebhooks;
    }

    /**
     * Opens the delivery receipts.
     *
     * @return commands and queries
     */
    public Receipts receipts() {
        return receipts;
    }

    /**
     * Opens the devices that can be notified.
     *
     * @return commands and queries
     */
    public Bindings bindings() {
        return bindings;
    }

    /**
     * Opens the conversations that are made with their participants.
     *
     * @return commands and queries
     */
    public GroupConversations groups() {
        return groups;
    }

    /**
     * Opens the configuration.
     *
     * @return commands and queries
     */
    public ServiceConfiguration configuration() {
        return configuration;
    }

    void stopTimers() {
        state.stopTimers();
    }

    void delete() {
        state.delete();
    }

    /**
     * Opens the content templates, which all services of the account have in common.
     *
     * @return commands and queries
     */
    public ContentTemplates templates() {
        return state.world.templates();
    }
}
