package io.github.conversations4j;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.commands.ClientIds;
import io.github.conversations4j.model.Message;
import org.jspecify.annotations.Nullable;

/**
 * Names the messages of one client and recognises them. Thread-safe.
 *
 * <p>A participant's client does not know its identity before it is connected, so its ids are made for no author, and the
 * author is compared when a message is recognised.
 */
final class OwnMessages {
    /** The author that Twilio gives to a message over REST that names none. */
    private static final String DEFAULT_AUTHOR = "system";
    /** Stands for the identity of a participant's client. */
    private static final String MYSELF = "";

    private final ClientIds ids;
    private final boolean participant;

    /** The identity of a participant's client. Written once, when it is connected. */
    private volatile @Nullable String identity;

    OwnMessages(ClientIds ids, boolean participant) {
        this.ids = ids;
        this.participant = participant;
    }

    void connectedAs(@Nullable String connected) {
        identity = connected;
    }

    String nextId(String conversationSid, @Nullable String author) {
        return ids.next(conversationSid, participant ? MYSELF : authorOf(author));
    }

    /** Whether a client with this name sent it. */
    boolean isOwn(Message message) {
        if (!participant) {
            return ids.isOwn(message, authorOf(message.author()));
        }
        String me = identity;
        return (me == null || me.equals(message.author())) && ids.isOwn(message, MYSELF);
    }

    private static String authorOf(@Nullable String author) {
        return author == null ? DEFAULT_AUTHOR : author;
    }

    /** Keeps the events of own messages from everything behind. */
    Middleware filter() {
        return (event, next) -> {
            if (!isOwnAddition(event)) {
                next.proceed();
            }
        };
    }

    private boolean isOwnAddition(ConversationsEvent event) {
        return event instanceof MessageAdded added && isOwn(added.message());
    }

    /** Stands in the options for the filter of whichever client is made with them. Stateless. */
    enum Filter implements Middleware {
        /** The only one. */
        INSTANCE;

        @Override
        public void handle(ConversationsEvent event, Next next) {
            throw new IllegalStateException("works only as middleware in ClientOptions, as it is bound to a client");
        }
    }
}
