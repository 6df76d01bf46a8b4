package io.github.conversations4j.internal.realtime;

import org.jspecify.annotations.Nullable;

/** What a client follows once it knows who it is. Confined to the session's lock but for the configuration. */
final class Account {
    private final AccountConfiguration configuration;
    private final LiveUsers users;
    private final MyConversations conversations;

    Account(AccountConfiguration configuration, Surroundings surroundings, MyConversations.Listener listener) {
        this.configuration = configuration;
        this.users = new LiveUsers(configuration, surroundings);
        this.conversations = new MyConversations(configuration, surroundings, listener);
    }

    AccountConfiguration configuration() {
        return configuration;
    }

    LiveUsers users() {
        return users;
    }

    MyConversations conversations() {
        return conversations;
    }

    /** There is room for what was refused: of a conversation, empty for the events of none, null for everything. */
    void room(@Nullable String conversationSid) {
        users.room();
        conversations.room(conversationSid);
    }

    void stop() {
        users.stop();
        conversations.stop();
    }
}
