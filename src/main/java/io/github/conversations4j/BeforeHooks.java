package io.github.conversations4j;

import io.github.conversations4j.source.ConversationDraft;
import io.github.conversations4j.source.ConversationRemovalDraft;
import io.github.conversations4j.source.Draft;
import io.github.conversations4j.source.DraftType;
import io.github.conversations4j.source.MessageDraft;
import io.github.conversations4j.source.MessageRemovalDraft;
import io.github.conversations4j.source.ParticipantDraft;
import io.github.conversations4j.source.UserDraft;

/**
 * Hooks that decide before something happens, for a back end that receives Twilio's pre-event webhooks.
 *
 * <p><strong>This is no security gate.</strong> Twilio waits five seconds and then goes on as if it had been accepted,
 * and so it does while the receiver is down, or once the client is closed. Writes over REST probably ask nobody: Twilio's
 * pages speak of the SDKs and of messaging channels. The URL must be set as the pre-event webhook, with the events in its
 * filters.
 *
 * <p>Several hooks for one kind run in the order of registration, each sees what the one before made of the draft, and
 * the first that rejects ends it. They run on the hook executor, one question beside another, not in the lane of their
 * conversation. A hook that throws, answers with the verdict of another kind of draft, or takes longer than the webhook
 * source allows, leaves the question undecided, and the source says what that means.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/conversations-webhooks">Conversations Webhooks</a>
 */
public interface BeforeHooks {
    /**
     * Registers a hook for one kind of question; the named methods are short for this one.
     *
     * @param type the kind of question
     * @param hook decides
     * @param <D> what is asked about
     * @return a handle that stops it
     * @throws io.github.conversations4j.error.UnsupportedByClientException if the client has no webhook source
     */
    <D extends Draft> Subscription before(DraftType<D> type, BeforeHook<? super D> hook);

    /**
     * Decides before a message is added.
     *
     * @param hook decides
     * @return a handle that stops it
     */
    default Subscription beforeMessageAdded(BeforeHook<? super MessageDraft> hook) {
        return before(DraftType.MESSAGE_ADDED, hook);
    }

    /**
     * Decides before a message is changed.
     *
     * @param hook decides
     * @return a handle that stops it
     */
    default Subscription beforeMessageUpdated(BeforeHook<? super MessageDraft> hook) {
        return before(DraftType.MESSAGE_UPDATED, hook);
    }

    /**
     * Decides before a message is removed.
     *
     * @param hook decides
     * @return a handle that stops it
     */
    default Subscription beforeMessageRemoved(BeforeHook<? super MessageRemovalDraft> hook) {
        return before(DraftType.MESSAGE_REMOVED, hook);
    }

    /**
     * Decides before a conversation is made.
     *
     * Rejecting a conversation that is made for an inbound message drops that message.
     *
     * @param hook decides
     * @return a handle that stops it
     */
    default Subscription beforeConversationAdded(BeforeHook<? super ConversationDraft> hook) {
        return before(DraftType.CONVERSATION_ADDED, hook);
    }

    /**
     * Decides before a conversation is changed.
     *
     * @param hook decides
     * @return a handle that stops it
     */
    default Subscription beforeConversationUpdated(BeforeHook<? super ConversationDraft> hook) {
        return before(DraftType.CONVERSATION_UPDATED, hook);
    }

    /**
     * Decides before a conversation is removed.
     *
     * @param hook decides
     * @return a handle that stops it
     */
    default Subscription beforeConversationRemoved(BeforeHook<? super ConversationRemovalDraft> hook) {
        return before(DraftType.CONVERSATION_REMOVED, hook);
    }

    /**
     * Decides before somebody joins.
     *
     * @param hook decides
     * @return a handle that stops it
     */
    default Subscription beforeParticipantJoined(BeforeHook<? super ParticipantDraft> hook) {
        return before(DraftType.PARTICIPANT_JOINED, hook);
    }

    /**
     * Decides before a participant is changed.
     *
     * @param hook decides
     * @return a handle that stops it
     */
    default Subscription beforeParticipantUpdated(BeforeHook<? super ParticipantDraft> hook) {
        return before(DraftType.PARTICIPANT_UPDATED, hook);
    }

    /**
     * Decides before somebody leaves.
     *
     * @param hook decides
     * @return a handle that stops it
     */
    default Subscription beforeParticipantLeft(BeforeHook<? super ParticipantDraft> hook) {
        return before(DraftType.PARTICIPANT_LEFT, hook);
    }

    /**
     * Decides before a user is changed.
     *
     * @param hook decides
     * @return a handle that stops it
     */
    default Subscription beforeUserUpdated(BeforeHook<? super UserDraft> hook) {
        return before(DraftType.USER_UPDATED, hook);
    }
}
