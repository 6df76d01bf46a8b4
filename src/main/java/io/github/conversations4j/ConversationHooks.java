package io.github.conversations4j;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.event.ConversationJoined;
import io.github.conversations4j.event.ConversationLeft;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationStateUpdated;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.EventsMissed;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.event.TypingEnded;
import io.github.conversations4j.event.TypingStarted;

/**
 * The hooks of everything that one conversation can fire: on a client they see every conversation, on a
 * {@code Conversation} only that one.
 *
 * <p>Hooks may be registered from any thread, also inside a hook. They never run on the registering thread, and for
 * one conversation they run one at a time, in order. A hook that throws is reported to the error handler and stops
 * nobody.
 */
public interface ConversationHooks {
    /**
     * Registers a hook for one kind of event; the named methods are short for this one.
     *
     * @param type the kind of event
     * @param hook called with each event of that kind
     * @param <E> the event
     * @return a handle that stops it
     * @throws UnsupportedByClientException if no configured source can ever fire this kind of event; the message says what to
     *     add. What is registered on the context before there is a client is refused by {@code initialize}
     * @throws ClientClosedException if the client is closed
     * @throws IllegalArgumentException on one conversation, if this kind of event belongs to none
     */
    <E extends ConversationsEvent> Subscription on(EventType<E> type, Hook<? super E> hook);

    /**
     * Registers a hook that finishes its work elsewhere. The next event of the same conversation waits until the
     * stage has completed.
     *
     * @param type the kind of event
     * @param hook called with each event of that kind
     * @param <E> the event
     * @return a handle that stops it
     * @throws UnsupportedByClientException as {@link #on}
     * @throws ClientClosedException as {@link #on}
     * @throws IllegalArgumentException as {@link #on}
     */
    <E extends ConversationsEvent> Subscription onAsync(EventType<E> type, AsyncHook<? super E> hook);

    /**
     * The user of this client now takes part in a conversation.
     *
     * @param hook called with each {@link ConversationJoined}
     * @return a handle that stops it
     */
    default Subscription onConversationJoined(Hook<? super ConversationJoined> hook) {
        return on(EventType.CONVERSATION_JOINED, hook);
    }

    /**
     * The user of this client no longer takes part in a conversation.
     *
     * @param hook called with each {@link ConversationLeft}
     * @return a handle that stops it
     */
    default Subscription onConversationLeft(Hook<? super ConversationLeft> hook) {
        return on(EventType.CONVERSATION_LEFT, hook);
    }

    /**
     * A conversation was deleted, or went out of sight of a participant's client.
     *
     * @param hook called with each {@link ConversationRemoved}
     * @return a handle that stops it
     */
    default Subscription onConversationRemoved(Hook<? super ConversationRemoved> hook) {
        return on(EventType.CONVERSATION_REMOVED, hook);
    }

    /**
     * Something about a conversation changed.
     *
     * @param hook called with each {@link ConversationUpdated}
     * @return a handle that stops it
     */
    default Subscription onConversationUpdated(Hook<? super ConversationUpdated> hook) {
        return on(EventType.CONVERSATION_UPDATED, hook);
    }

    /**
     * The state of a conversation changed; seen by the server side only.
     *
     * @param hook called with each {@link ConversationStateUpdated}
     * @return a handle that stops it
     */
    default Subscription onConversationStateUpdated(Hook<? super ConversationStateUpdated> hook) {
        return on(EventType.CONVERSATION_STATE_UPDATED, hook);
    }

    /**
     * A message was written.
     *
     * @param hook called with each {@link MessageAdded}
     * @return a handle that stops it
     */
    default Subscription onMessageAdded(Hook<? super MessageAdded> hook) {
        return on(EventType.MESSAGE_ADDED, hook);
    }

    /**
     * A message was changed.
     *
     * @param hook called with each {@link MessageUpdated}
     * @return a handle that stops it
     */
    default Subscription onMessageUpdated(Hook<? super MessageUpdated> hook) {
        return on(EventType.MESSAGE_UPDATED, hook);
    }

    /**
     * A message was removed.
     *
     * @param hook called with each {@link MessageRemoved}
     * @return a handle that stops it
     */
    default Subscription onMessageRemoved(Hook<? super MessageRemoved> hook) {
        return on(EventType.MESSAGE_REMOVED, hook);
    }

    /**
     * The delivery of a message to one recipient who is no chat user took a step; seen by the server side only.
     *
     * @param hook called with each {@link DeliveryUpdated}
     * @return a handle that stops it
     */
    default Subscription onDeliveryUpdated(Hook<? super DeliveryUpdated> hook) {
        return on(EventType.DELIVERY_UPDATED, hook);
    }

    /**
     * Somebody joined a conversation or was added to it.
     *
     * @param hook called with each {@link ParticipantJoined}
     * @return a handle that stops it
     */
    default Subscription onParticipantJoined(Hook<? super ParticipantJoined> hook) {
        return on(EventType.PARTICIPANT_JOINED, hook);
    }

    /**
     * Somebody left a conversation or was removed from it.
     *
     * @param hook called with each {@link ParticipantLeft}
     * @return a handle that stops it
     */
    default Subscription onParticipantLeft(Hook<? super ParticipantLeft> hook) {
        return on(EventType.PARTICIPANT_LEFT, hook);
    }

    /**
     * Something about a participant changed, for example how far they have read.
     *
     * @param hook called with each {@link ParticipantUpdated}
     * @return a handle that stops it
     */
    default Subscription onParticipantUpdated(Hook<? super ParticipantUpdated> hook) {
        return on(EventType.PARTICIPANT_UPDATED, hook);
    }

    /**
     * Somebody else is typing; repeated while they go on.
     *
     * @param hook called with each {@link TypingStarted}
     * @return a handle that stops it
     */
    default Subscription onTypingStarted(Hook<? super TypingStarted> hook) {
        return on(EventType.TYPING_STARTED, hook);
    }

    /**
     * Somebody else stopped typing or sent their message.
     *
     * @param hook called with each {@link TypingEnded}
     * @return a handle that stops it
     */
    default Subscription onTypingEnded(Hook<? super TypingEnded> hook) {
        return on(EventType.TYPING_ENDED, hook);
    }

    /**
     * Something was missed for good: it never came, or found no room, and Twilio does not hold it any more.
     *
     * @param hook called with each {@link EventsMissed}
     * @return a handle that stops it
     */
    default Subscription onEventsMissed(Hook<? super EventsMissed> hook) {
        return on(EventType.EVENTS_MISSED, hook);
    }
}
