package io.github.conversations4j.internal.emulator.realtime;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * One Sync object of Conversations: what it is and what it is called. Immutable; equal when kind and name are.
 *
 * <p>Unique names are those of the service. SIDs are made of the name, so that nothing has to be remembered for them.
 *
 * @param kind document, list or map
 * @param content what it holds
 * @param owner the conversation, user or identity it belongs to
 */
record SyncObject(Kind kind, Content content, String owner) {
    enum Kind {
        DOCUMENT("ET"),
        LIST("ES"),
        MAP("MP");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum Content {
        CHANNELS(".channels"),
        INFO(".info"),
        CHANNEL(".channel"),
        MESSAGES(".messages"),
        ROSTER(".roster");

        private final String suffix;

        Content(String suffix) {
            this.suffix = suffix;
        }
    }

    static SyncObject conversation(String conversationSid) {
        return new SyncObject(Kind.DOCUMENT, Content.CHANNEL, conversationSid);
    }

    static SyncObject messages(String conversationSid) {
        return new SyncObject(Kind.LIST, Content.MESSAGES, conversationSid);
    }

    static SyncObject roster(String conversationSid) {
        return new SyncObject(Kind.MAP, Content.ROSTER, conversationSid);
    }

    static SyncObject conversationsOf(String identity) {
        return new SyncObject(Kind.MAP, Content.CHANNELS, identity);
    }

    static SyncObject user(String userSid) {
        return new SyncObject(Kind.MAP, Content.INFO, userSid);
    }

    /** The unique name. */
    String name() {
        return owner + content.suffix;
    }

    /** The SID. */
    String sid() {
        UUID digest = UUID.nameUUIDFromBytes(name().getBytes(StandardCharsets.UTF_8));
        return kind.prefix + digest.toString().replace("-", "");
    }
}
