package io.github.conversations4j.event;

import java.util.List;

/**
 * The typed key of one kind of event: which payload belongs to which name. Immutable; there is one instance per kind.
 *
 * @param <E> the record of this kind
 */
public final class EventType<E extends ConversationsEvent> {

    /** {@link Initialized}. */
    public static final EventType<Initialized> INITIALIZED = new EventType<>(0, "initialized", Initialized.class);

    /** {@link InitFailed}. */
    public static final EventType<InitFailed> INIT_FAILED = new EventType<>(1, "initFailed", InitFailed.class);

    /** {@link ConnectionStateChanged}. */
    public static final EventType<ConnectionStateChanged> CONNECTION_STATE_CHANGED =
            new EventType<>(2, "connectionStateChanged", ConnectionStateChanged.class);

    /** {@link ConnectionError}. */
    public static final EventType<ConnectionError> CONNECTION_ERROR =
            new EventType<>(3, "connectionError", ConnectionError.class);

    /** {@link TokenAboutToExpire}. */
    public static final EventType<TokenAboutToExpire> TOKEN_ABOUT_TO_EXPIRE =
            new EventType<>(4, "tokenAboutToExpire", TokenAboutToExpire.class);

    /** {@link TokenExpired}. */
    public static final EventType<TokenExpired> TOKEN_EXPIRED = new EventType<>(5, "tokenExpired", TokenExpired.class);

    /** {@link ConversationAdded}. */
    public static final EventType<ConversationAdded> CONVERSATION_ADDED =
            new EventType<>(6, "conversationAdded", ConversationAdded.class);

    /** {@link ConversationJoined}. */
    public static final EventType<ConversationJoined> CONVERSATION_JOINED =
            new EventType<>(7, "conversationJoined", ConversationJoined.class);

    /** {@link ConversationLeft}. */
    public static final EventType<ConversationLeft> CONVERSATION_LEFT =
            new EventType<>(8, "conversationLeft", ConversationLeft.class);

    /** {@link ConversationRemoved}. */
    public static final EventType<ConversationRemoved> CONVERSATION_REMOVED =
            new EventType<>(9, "conversationRemoved", ConversationRemoved.class);

    /** {@link ConversationUpdated}. */
    public static final EventType<ConversationUpdated> CONVERSATION_UPDATED =
            new EventType<>(10, "conversationUpdated", ConversationUpdated.class);

    /** {@link ConversationStateUpdated}. */
    public static final EventType<ConversationStateUpdated> CONVERSATION_STATE_UPDATED =
            new EventType<>(11, "conversationStateUpdated", ConversationStateUpdated.class);

    /** {@link MessageAdded}. */
    public static final EventType<MessageAdded> MESSAGE_ADDED = new EventType<>(12, "messageAdded", MessageAdded.class);

    /** {@link MessageUpdated}. */
    public static final EventType<MessageUpdated> MESSAGE_UPDATED =
            new EventType<>(13, "messageUpdated", MessageUpdated.class);

    /** {@link MessageRemoved}. */
    public static final EventType<MessageRemoved> MESSAGE_REMOVED =
            new EventType<>(14, "messageRemoved", MessageRemoved.class);

    /** {@link DeliveryUpdated}. */
    public static final EventType<DeliveryUpdated> DELIVERY_UPDATED =
            new EventType<>(15, "deliveryUpdated", DeliveryUpdated.class);

    /** {@link ParticipantJoined}. */
    public static final EventType<ParticipantJoined> PARTICIPANT_JOINED =
            new EventType<>(16, "participantJoined", ParticipantJoined.class);

    /** {@link ParticipantLeft}. */
    public static final EventType<ParticipantLeft> PARTICIPANT_LEFT =
            new EventType<>(17, "participantLeft", ParticipantLeft.class);

    /** {@link ParticipantUpdated}. */
    public static final EventType<ParticipantUpdated> PARTICIPANT_UPDATED =
            new EventType<>(18, "participantUpdated", ParticipantUpdated.class);

    /** {@link TypingStarted}. */
    public static final EventType<TypingStarted> TYPING_STARTED =
            new EventType<>(19, "typingStarted", TypingStarted.class);

    /** {@link TypingEnded}. */
    public static final EventType<TypingEnded> TYPING_ENDED = new EventType<>(20, "typingEnded", TypingEnded.class);

    /** {@link UserAdded}. */
    public static final EventType<UserAdded> USER_ADDED = new EventType<>(21, "userAdded", UserAdded.class);

    /** {@link UserUpdated}. */
    public static final EventType<UserUpdated> USER_UPDATED = new EventType<>(22, "userUpdated", UserUpdated.class);

    /** {@link UserSubscribed}. */
    public static final EventType<UserSubscribed> USER_SUBSCRIBED =
            new EventType<>(23, "userSubscribed", UserSubscribed.class);

    /** {@link UserUnsubscribed}. */
    public static final EventType<UserUnsubscribed> USER_UNSUBSCRIBED =
            new EventType<>(24, "userUnsubscribed", UserUnsubscribed.class);

    /** {@link Unknown}. */
    public static final EventType<Unknown> UNKNOWN = new EventType<>(25, "unknown", Unknown.class);

    /** {@link EventsMissed}. */
    public static final EventType<EventsMissed> EVENTS_MISSED = new EventType<>(26, "eventsMissed", EventsMissed.class);

    private static final List<EventType<?>> ALL = List.of(
            INITIALIZED,
            INIT_FAILED,
            CONNECTION_STATE_CHANGED,
            CONNECTION_ERROR,
            TOKEN_ABOUT_TO_EXPIRE,
            TOKEN_EXPIRED,
            CONVERSATION_ADDED,
            CONVERSATION_JOINED,
            CONVERSATION_LEFT,
            CONVERSATION_REMOVED,
            CONVERSATION_UPDATED,
            CONVERSATION_STATE_UPDATED,
            MESSAGE_ADDED,
            MESSAGE_UPDATED,
            MESSAGE_REMOVED,
            DELIVERY_UPDATED,
            PARTICIPANT_JOINED,
            PARTICIPANT_LEFT,
            PARTICIPANT_UPDATED,
            TYPING_STARTED,
            TYPING_ENDED,
            USER_ADDED,
            USER_UPDATED,
            USER_SUBSCRIBED,
            USER_UNSUBSCRIBED,
            UNKNOWN,
            EVENTS_MISSED);

    private final int ordinal;
    private final String name;
    private final Class<E> eventClass;

    private EventType(int ordinal, String name, Class<E> eventClass) {
        this.ordinal = ordinal;
        this.name = name;
        this.eventClass = eventClass;
    }

    /**
     * Every kind of event.
     *
     * @return the keys, in a fixed order in which {@link #ordinal()} counts
     */
    public static List<EventType<?>> all() {
        return ALL;
    }

    /**
     * The place of this key in {@link #all()}; may change with the release.
     *
     * @return 0 to the number of kinds, exclusive
     */
    public int ordinal() {
        return ordinal;
    }

    /**
     * The name of the event, as in the official JavaScript client where that has it.
     *
     * @return for example {@code messageAdded}
     */
    public String eventName() {
        return name;
    }

    /**
     * The record of this kind.
     *
     * @return its class
     */
    public Class<E> eventClass() {
        return eventClass;
    }

    /**
     * Whether events of this kind belong to one conversation.
     *
     * @return whether the record is {@link ConversationScoped}
     */
    public boolean isConversationScoped() {
        return ConversationScoped.class.isAssignableFrom(eventClass);
    }

    /** The name of the event. */
    @Override
    public String toString() {
        return name;
    }
}
