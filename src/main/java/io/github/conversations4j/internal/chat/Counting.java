package io.github.conversations4j.internal.chat;

import io.github.conversations4j.model.ConversationSnapshot.MyConversation;
import io.github.conversations4j.model.Unread;
import org.jspecify.annotations.Nullable;

/** What can be said about unread messages without asking. Stateless. */
final class Counting {
    private Counting() {}

    /**
     * What is unread, where it follows from the read horizon.
     *
     * @param mine what the conversation is to the user
     * @param last the index of the last message; null for none
     * @return the value; null where only Twilio can tell
     */
    static @Nullable Unread told(@Nullable MyConversation mine, @Nullable Integer last) {
        Integer horizon = mine == null ? null : mine.lastReadMessageIndex();
        if (horizon == null) {
            return Unread.NEVER_READ;
        }
        return last == null || last <= horizon ? Unread.of(0) : null;
    }

    /** What is unread after one more message from somebody else, for now. */
    static Unread oneMore(Unread unread) {
        return unread instanceof Unread.Known known ? Unread.of(known.count() + 1) : unread;
    }
}
