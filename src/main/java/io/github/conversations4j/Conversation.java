package io.github.conversations4j;

import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.ConversationClosedException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.commands.AlreadyThere;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.commands.ReadHorizon;
import io.github.conversations4j.internal.commands.SendLimits;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.ReadPosition;
import io.github.conversations4j.model.Unread;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A handle on one conversation: its hooks and what can be done with it. Light, thread-safe, and equal to every other
 * handle on the same SID; it holds nothing of the conversation itself, {@link #fetch()} reads that. The client owns its
 * hooks: they end with the client, not with the handle.
 *
 * <p>What a person does (join, leave, read, type, be notified) needs one: a participant's client is one, and a backend
 * acts as one through {@code client.as(identity)}. On a plain handle of a backend it fails at once.
 *
 * <p>Every future fails with {@link NotFoundException} if there is no such conversation, with
 * {@link ConversationClosedException} if it is closed and the command would change it, and with
 * {@link AccessDeniedException} if a participant's role does not allow it.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>
 */
public final class Conversation implements ConversationHooks {
    private final ConversationsClient client;
    private final String sid;
    private final @Nullable String identity;

    /**
     * Makes a handle.
     *
     * @param identity who acts, on a backend; null for the account, and on a participant's client
     */
    Conversation(ConversationsClient client, String sid, @Nullable String identity) {
        this.client = client;
        this.sid = Arguments.sid("conversation SID", "CH", sid);
        this.identity = identity;
    }

    /**
     * The SID.
     *
     * @return {@code CH…}
     */
    public String sid() {
        return sid;
    }

    /**
     * Who acts through this handle of a backend.
     *
     * @return the identity given to {@code client.as(…)}; empty for the account, and on a participant's client
     */
    public Optional<String> identity() {
        return Optional.ofNullable(identity);
    }

    @Override
    public <E extends ConversationsEvent> Subscription on(EventType<E> type, Hook<? super E> hook) {
        return client.register(type, sid, hook);
    }

    @Override
    public <E extends ConversationsEvent> Subscription onAsync(EventType<E> type, AsyncHook<? super E> hook) {
        return client.registerAsync(type, sid, hook);
    }

    /**
     * Somebody's read horizon has moved in this conversation; short for a hook on participants' updates that looks for it. Where the source
     * does not say what was updated, the hook may be called again with a position it knows.
     *
     * @param hook called with who has read up to where
     * @return a handle that stops it
     * @throws UnsupportedByClientException as {@link #on}
     * @throws ClientClosedException as {@link #on}
     * @see <a href="https://www.twilio.com/docs/conversations/read-horizon">Read Horizon and Read Status</a>
     */
    public Subscription onRead(Hook<? super ReadPosition> hook) {
        return ReadHooks.register(this, hook);
    }

    /**
     * Reads the conversation.
     *
     * @return the conversation as it is now
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>
     */
    public Deferred<ConversationSnapshot> fetch() {
        return ask("fetch conversation", api -> api.conversations().fetch(sid));
    }

    /**
     * Changes names, attributes, state or timers. A participant's client can change names and attributes.
     *
     * @param change what is to change; what it does not name stays
     * @return the conversation as it is then
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>
     */
    public Deferred<ConversationSnapshot> update(ConversationChange change) {
        SendLimits.check(change);
        return ask("update conversation", api -> api.conversations().update(sid, change));
    }

    /**
     * Sets one key of the conversation's attributes; see {@link AttributeKeys#set}.
     *
     * @return what changes single keys of attributes
     */
    public AttributeKeys attributes() {
        return new AttributeKeys(
                calls(),
                "conversation " + sid,
                api -> api.conversations().fetch(sid).thenApply(ConversationSnapshot::attributes),
                (api, attributes) -> api.conversations()
                        .update(
                                sid,
                                ConversationChange.builder()
                                        .attributes(attributes)
                                        .build()));
    }

    /**
     * Deletes the conversation with everything in it, for everybody. To leave it only, use {@link #leave()}; to end it and
     * keep it readable, {@link #update} its state to closed.
     *
     * @return completes when it is gone
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>
     */
    public Deferred<Void> delete() {
        return ask("delete conversation", api -> api.conversations().delete(sid));
    }

    /**
     * Its messages: reading, changing, removing.
     *
     * @return what can be done with messages
     */
    public Messages messages() {
        return new Messages(calls(), sid);
    }

    /**
     * Its participants: reading, adding, changing, removing.
     *
     * @return what can be done with participants
     */
    public Participants participants() {
        return new Participants(calls(), sid);
    }

    /**
     * Sends a text.
     *
     * @param body the text, at most 32 KB, and 1600 characters if somebody is reached by SMS or WhatsApp
     * @return the message on its way
     * @throws IllegalArgumentException if it is too long; the message names the limit
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public PendingMessage sendMessage(String body) {
        return sendMessage(NewMessage.text(Arguments.text("body", body)));
    }

    /**
     * Sends a message. Returns at once; {@link PendingMessage} tells what becomes of it. Nothing is sent again that may have
     * been stored.
     *
     * <p>How large the files are that are given by SID is not known here: if they are too large for SMS or WhatsApp, Twilio
     * stores the message and its delivery fails.
     *
     * @param message the message
     * @return the message on its way
     * @throws IllegalArgumentException if something is too long, or the attributes are not JSON; the message names the
     *     limit. Of a text that is too long only for SMS or WhatsApp the future tells, because it needs a look at who is
     *     there
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource#create-a-conversationmessage-resource">Create
     *     a message</a>
     */
    public PendingMessage sendMessage(NewMessage message) {
        return sendMessage(message, List.of());
    }

    /**
     * Sends a message with files, as soon as they are uploaded. Returns at once. When it fails, files that were uploaded are
     * there still: {@link PendingMessage#resend()} uses them again. To SMS and WhatsApp Twilio sends the files and drops the text.
     *
     * @param message the message; may be empty apart from the files
     * @param files uploads of this client, which it waits for: over REST one, on a participant's client up to ten
     * @return the message on its way; fails as its uploads do, and with {@link IllegalArgumentException} that names the limit if
     *     the files are too large for somebody in the conversation who is reached by SMS or WhatsApp
     * @throws IllegalArgumentException as {@link #sendMessage(NewMessage)}, or for too many files
     * @see <a href="https://www.twilio.com/docs/conversations/media-support-conversations">Media Support</a>
     */
    public PendingMessage sendMessage(NewMessage message, List<Upload> files) {
        Arguments.given("message", message);
        List<Upload> uploads = List.copyOf(Arguments.given("files", files));
        if (identity == null) {
            return calls().outbox().send(sid, message, uploads);
        }
        if (message.author() != null && !message.author().equals(identity)) {
            throw new IllegalArgumentException("author: " + identity + " cannot write as " + message.author()
                    + "; use client.as(\"" + message.author() + "\"), or a handle of the client itself");
        }
        return calls().outbox().send(sid, message.withAuthor(identity), uploads);
    }

    /**
     * Joins the conversation. Nothing happens if the person is there already.
     *
     * @return completes when the person takes part
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-participant-resource">Conversation Participant resource</a>
     */
    public Deferred<Void> join() {
        return ask(
                "join conversation",
                api -> AlreadyThere.PARTICIPANT.or(
                        api.mine(identity).join(sid).thenApply(joined -> null),
                        () -> CompletableFuture.completedFuture(null)));
    }

    /**
     * Leaves the conversation.
     *
     * @return completes when the person no longer takes part
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-participant-resource">Conversation Participant resource</a>
     */
    public Deferred<Void> leave() {
        return ask("leave conversation", api -> api.mine(identity).leave(sid));
    }

    /**
     * How many messages the person has not read.
     *
     * @return the count; Twilio's counter follows with a small delay
     * @see <a href="https://www.twilio.com/docs/conversations/read-horizon">Read Horizon and Read Status</a>
     */
    public Deferred<Unread> unread() {
        return ask("count unread messages of", api -> horizon(api).unread());
    }

    /**
     * Marks everything as read, up to the last message there is.
     *
     * @return what is unread then
     * @see <a href="https://www.twilio.com/docs/conversations/read-horizon">Read Horizon and Read Status</a>
     */
    public Deferred<Unread> setAllMessagesRead() {
        return ask("mark as read", api -> horizon(api).advanceToEnd());
    }

    /**
     * Marks everything as unread: the person has no read horizon afterwards. That Twilio takes this from a backend is an
     * assumption which nobody could try.
     *
     * @return what is unread then
     * @see <a href="https://www.twilio.com/docs/conversations/read-horizon">Read Horizon and Read Status</a>
     */
    public Deferred<Unread> setAllMessagesUnread() {
        return ask("mark as unread", api -> horizon(api).set(null));
    }

    /**
     * Marks everything up to a message as read, and nothing as unread: a horizon that is further stays. Two processes that
     * do this for the same person at the same time can leave the lower of their indexes, because Twilio only knows
     * {@link #updateLastReadMessageIndex setting}; within this process that cannot happen.
     *
     * @param index the index of the last message read
     * @return what is unread then
     * @see <a href="https://www.twilio.com/docs/conversations/read-horizon">Read Horizon and Read Status</a>
     */
    public Deferred<Unread> advanceLastReadMessageIndex(int index) {
        Arguments.index(index);
        return ask("advance the read horizon of", api -> horizon(api).advance(index));
    }

    /**
     * Sets the read horizon, forwards or backwards.
     *
     * @param index the index of the last message read; null for none, as {@link #setAllMessagesUnread()}
     * @return what is unread then
     * @see <a href="https://www.twilio.com/docs/conversations/read-horizon">Read Horizon and Read Status</a>
     */
    public Deferred<Unread> updateLastReadMessageIndex(@Nullable Integer index) {
        if (index != null) {
            Arguments.index(index);
        }
        return ask("set the read horizon of", api -> horizon(api).set(index));
    }

    private ReadHorizon horizon(ConversationsApi api) {
        return new ReadHorizon(api, calls().turns(), identity, sid);
    }

    /**
     * Sets whether the person wants to be notified of messages here.
     *
     * @param level default or muted
     * @return completes when it is set
     * @see <a href="https://www.twilio.com/docs/conversations/api/user-conversation-resource">User Conversation resource</a>
     */
    public Deferred<Void> setNotificationLevel(NotificationLevel level) {
        Objects.requireNonNull(level, "notification level: must not be null");
        return ask("set the notification level of", api -> api.mine(identity).setNotificationLevel(sid, level));
    }

    /**
     * Says that the person is typing. May be called on every key press: what others are shown already is not sent again.
     * Nobody is told when the typing ends; it ends by itself after some seconds, or with the message.
     *
     * @return completes when it is said, or need not be said; fails with {@link UnsupportedByClientException} on a backend
     * @see <a href="https://www.twilio.com/docs/conversations/typing-indicator">Typing Indicator</a>
     */
    public Deferred<Void> typing() {
        // A backend can not as anybody, so that the advice to act as somebody would lead nowhere.
        String who = identity == null && !client.isParticipant() ? "somebody" : identity;
        return ask("type in", api -> api.mine(who).typing(sid).thenApply(seconds -> null));
    }

    private <T extends @Nullable Object> Deferred<T> ask(
            String action, Function<ConversationsApi, ? extends CompletionStage<T>> question) {
        return calls().ask(action + ' ' + sid, question);
    }

    private Calls calls() {
        return client.calls();
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
