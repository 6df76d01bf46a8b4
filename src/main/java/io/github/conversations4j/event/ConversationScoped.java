package io.github.conversations4j.event;

/** An event of one conversation. Events of one conversation reach hooks in order, one at a time. */
public sealed interface ConversationScoped extends ConversationsEvent
        permits ConversationAdded,
                ConversationJoined,
                ConversationLeft,
                ConversationRemoved,
                ConversationUpdated,
                ConversationStateUpdated,
                MessageAdded,
                MessageUpdated,
                MessageRemoved,
                DeliveryUpdated,
                ParticipantJoined,
                ParticipantLeft,
                ParticipantUpdated,
                TypingStarted,
                TypingEnded,
                EventsMissed {
    /**
     * The conversation it happened in.
     *
     * @return the conversation SID, {@code CH…}
     */
    String conversationSid();
}
