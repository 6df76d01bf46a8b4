package io.github.conversations4j;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A handle on one conversation: its hooks and what can be done with it. Light, thread-safe, and equal to every other
 * handle on the same SID; it holds nothing of the conversation itself. The client owns its hooks: they end with the
 * client, not with the handle.
 */
public final class Conversation implements ConversationHooks {
    private static final Pattern SID = Pattern.compile("CH[0-9a-fA-F]{32}");

    private final ConversationsClient client;
    private final String sid;

    Conversation(ConversationsClient client, String sid) {
        Objects.requireNonNull(sid, "conversation SID: must not be null");
        if (!SID.matcher(sid).matches()) {
            throw new IllegalArgumentException("conversation SID: must be CH and 32 hexadecimal digits, was \"" + sid
                    + "\"; to look a conversation up by its unique name use findConversation");
        }
        this.client = client;
        this.sid = sid;
    }

    /**
     * The SID.
     *
     * @return {@code CH…}
     */
    public String sid() {
        return sid;
    }

    @Override
    public <E extends ConversationsEvent> Subscription on(EventType<E> type, Hook<? super E> hook) {
        return client.register(type, sid, hook);
    }

    @Override
    public <E extends ConversationsEvent> Subscription onAsync(EventType<E> type, AsyncHook<? super E> hook) {
        return client.registerAsync(type, sid, hook);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Conversation that && sid.equals(that.sid);
    }

    @Override
    public int hashCode() {
        return sid.hashCode();
    }

    /** The SID. */
    @Override
    public String toString() {
        return sid;
    }
}
