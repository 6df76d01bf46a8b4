package io.github.conversations4j.internal.emulator.realtime;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One Sync object of Conversations: what it is and what it is called. Immutable; equal when contents and owner are.
 *
 * <p>Unique names are those of the service. SIDs are made of the name, so that nothing has to be remembered for them.
 */
final class SyncObject {
    enum Kind {
        DOCUMENT("ET", "document"),
        LIST("ES", "list"),
        MAP("MP", "map");

        private final String prefix;
        private final String word;

        Kind(String prefix, String word) {
            this.prefix = prefix;
            this.word = word;
        }

        String word() {
            return word;
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

    private final Kind kind;
    private final Content content;
    private final String owner;

    /** Made when it is asked for; making it twice does no harm. */
    private volatile @Nullable String sid;

    /**
     * Names one.
     *
     * @param kind document, list or map
     * @param content what it holds
     * @param owner the conversation, user or identity it belongs to
     */
    private SyncObject(Kind kind, Content content, String owner) {
        this.kind = kind;
        this.content = content;
        this.owner = owner;
    }

    Kind kind() {
        return kind;
    }

    Content content() {
        return content;
    }

    String owner() {
        return owner;
    }

    boolean isOfConversation() {
        return content != Content.CHANNELS && content != Content.INFO;
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
        String known = sid;
        if (known == null) {
            UUID digest = UUID.nameUUIDFromBytes(name().getBytes(StandardCharsets.UTF_8));
            known = kind.prefix + digest.toString().replace("-", "");
            sid = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SyncObject object && object.content == content && object.owner.equals(owner);
    }

    @Override
    public int hashCode() {
        return 31 * owner.hashCode() + content.suffix.hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
