package io.github.conversations4j.event;

/**
 * Something that happened in Twilio Conversations or to the client. One immutable record per kind of event.
 *
 * <p>New kinds may be added in any release: a switch over events needs a {@code default}.
 */
public sealed interface ConversationsEvent
        permits ConversationScoped,
                Initialized,
                InitFailed,
                ConnectionStateChanged,
                ConnectionError,
                TokenAboutToExpire,
                TokenExpired,
                UserAdded,
                UserUpdated,
                UserSubscribed,
                UserUnsubscribed,
                Unknown {
    /**
     * Id, time and origin.
     *
     * @return what is known about the event itself
     */
    EventMeta meta();

    /**
     * The typed key of this kind of event.
     *
     * @return the key, the same for all events of a kind
     */
    EventType<? extends ConversationsEvent> type();
}
