package io.github.conversations4j;

import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConnectionStateChanged;
import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationJoined;
import io.github.conversations4j.event.ConversationLeft;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationStateUpdated;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.EventsMissed;
import io.github.conversations4j.event.InitFailed;
import io.github.conversations4j.event.Initialized;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.event.TokenAboutToExpire;
import io.github.conversations4j.event.TokenExpired;
import io.github.conversations4j.event.TypingEnded;
import io.github.conversations4j.event.TypingStarted;
import io.github.conversations4j.event.Unknown;
import io.github.conversations4j.event.UserAdded;
import io.github.conversations4j.event.UserSubscribed;
import io.github.conversations4j.event.UserUnsubscribed;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.NewConversation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client for the whole program, reachable where no client can be passed to. A thin default over ordinary
 * {@link ConversationsClient}s, and never the only door: it holds one reference and behaves as what it refers to.
 * Thread-safe.
 *
 * <p>Import the hooks statically and call the life cycle by its full name:
 *
 * <pre>{@code
 * import static io.github.conversations4j.ConversationsContext.*;
 *
 * Subscription messages = onMessageAdded(event -> render(event.message()));
 * ConversationsContext.initialize(options);
 * }</pre>
 *
 * <p>Hooks may be registered before {@link #initialize}: they wait, and are wired before the client starts. After
 * {@link #close()} the context is as new; hooks that were registered before are gone.
 */
public final class ConversationsContext {
    private static final AtomicReference<ContextState> STATE = new AtomicReference<>(new ContextState(null));

    private ConversationsContext() {}

    /**
     * Starts the client. Does not block: {@link #onInit} tells when it is ready.
     *
     * @param options how the client is to be made
     * @return the client, for what the context has no door for
     * @throws IllegalStateException if a client is running; close it first
     * @throws UnsupportedByClientException if hooks wait that no configured source can fire; it names them all, they go
     *     on waiting, and nothing is started
     */
    public static ConversationsClient initialize(ClientOptions options) {
        return untilOpen(state -> state.initialize(options));
    }

    /**
     * Gives the running client, or starts one. Of several threads that call it at once one starts the client.
     *
     * @param options how the client is to be made; asked only if there is none
     * @return the client
     * @throws UnsupportedByClientException as {@link #initialize}
     */
    public static ConversationsClient initializeOnce(Supplier<ClientOptions> options) {
        Arguments.given("options", options);
        return untilOpen(state -> state.initializeOnce(options));
    }

    /** Tries again if somebody closed the context in between. */
    private static ConversationsClient untilOpen(Function<ContextState, @Nullable ConversationsClient> start) {
        ConversationsClient client = null;
        while (client == null) {
            client = start.apply(STATE.get());
        }
        return client;
    }

    /**
     * The running client.
     *
     * @return the client
     * @throws IllegalStateException if there is none
     */
    public static ConversationsClient client() {
        return STATE.get().client();
    }

    /**
     * Whether a client is running.
     *
     * @return false before {@link #initialize} and after {@link #close()}
     */
    public static boolean isInitialized() {
        return STATE.get().isInitialized();
    }

    /** Closes the client as {@link ConversationsClient#close()} does and makes the context as new. Idempotent. */
    public static void close() {
        close(ConversationsClient.CLOSE_LIMIT);
    }

    /**
     * Closes the client as {@link ConversationsClient#close(Duration)} does and makes the context as new. Idempotent.
     *
     * @param limit how long to wait for hooks
     * @return whether everything had ended when it returned
     */
    public static boolean close(Duration limit) {
        return STATE.getAndUpdate(ContextState::new).close(limit);
    }

    /**
     * All hooks as one object, for code that takes {@link Hooks}.
     *
     * @return the hooks of the client, or of the one that is to come
     */
    public static Hooks hooks() {
        return STATE.get().hooks();
    }

    /**
     * Whether hooks for a kind of event can ever be called on the running client.
     *
     * @param type the kind of event
     * @return whether it can be fired
     * @throws IllegalStateException if no client is running
     */
    public static boolean supports(EventType<?> type) {
        return client().supports(type);
    }

    /**
     * A new scope: hooks that are registered through it end together.
     *
     * @return an open scope
     */
    public static SubscriptionScope scope() {
        return new SubscriptionScope(hooks());
    }

    /**
     * A handle on a conversation, made without any call.
     *
     * @param sid the conversation SID, {@code CH…}
     * @return the handle
     * @throws IllegalStateException if no client is running
     * @throws IllegalArgumentException if that is no conversation SID
     */
    public static Conversation conversation(String sid) {
        return client().conversation(sid);
    }

    /**
     * Finds a conversation.
     *
     * @param sidOrUniqueName {@code CH…}, or the unique name
     * @return a handle
     * @throws IllegalStateException if no client is running
     * @see ConversationsClient#findConversation
     */
    public static Deferred<Conversation> findConversation(String sidOrUniqueName) {
        return client().findConversation(sidOrUniqueName);
    }

    /**
     * Reads all conversations of the service, on a backend.
     *
     * @return the first page; fails with {@link UnsupportedByClientException} on a participant's client
     * @throws IllegalStateException if no client is running
     * @see ConversationsClient#findConversations
     */
    public static Deferred<Page<ConversationSnapshot>> findConversations() {
        return client().findConversations();
    }

    /**
     * Creates a conversation.
     *
     * @param conversation how it is to be
     * @return a handle
     * @throws IllegalStateException if no client is running
     * @see ConversationsClient#createConversation
     */
    public static Deferred<Conversation> createConversation(NewConversation conversation) {
        return client().createConversation(conversation);
    }

    /**
     * The client is ready: its event sources are up and its credentials were accepted.
     *
     * @param hook called with each {@link Initialized}
     * @return a handle that stops it
     * @see Hooks#onInit
     */
    public static Subscription onInit(Hook<? super Initialized> hook) {
        return hooks().onInit(hook);
    }

    /**
     * The client could not start.
     *
     * @param hook called with each {@link InitFailed}
     * @return a handle that stops it
     * @see Hooks#onInitFailed
     */
    public static Subscription onInitFailed(Hook<? super InitFailed> hook) {
        return hooks().onInitFailed(hook);
    }

    /**
     * The connection of a source changed its state.
     *
     * @param hook called with each {@link ConnectionStateChanged}
     * @return a handle that stops it
     * @see Hooks#onConnectionStateChanged
     */
    public static Subscription onConnectionStateChanged(Hook<? super ConnectionStateChanged> hook) {
        return hooks().onConnectionStateChanged(hook);
    }

    /**
     * A source failed, for the moment or for good.
     *
     * @param hook called with each {@link ConnectionError}
     * @return a handle that stops it
     * @see Hooks#onConnectionError
     */
    public static Subscription onConnectionError(Hook<? super ConnectionError> hook) {
        return hooks().onConnectionError(hook);
    }

    /**
     * The access token expires soon; the client is fetching a new one by itself.
     *
     * @param hook called with each {@link TokenAboutToExpire}
     * @return a handle that stops it
     * @see Hooks#onTokenAboutToExpire
     */
    public static Subscription onTokenAboutToExpire(Hook<? super TokenAboutToExpire> hook) {
        return hooks().onTokenAboutToExpire(hook);
    }

    /**
     * The access token has expired before a new one came; the client is fetching one and connects again with it.
     *
     * @param hook called with each {@link TokenExpired}
     * @return a handle that stops it
     * @see Hooks#onTokenExpired
     */
    public static Subscription onTokenExpired(Hook<? super TokenExpired> hook) {
        return hooks().onTokenExpired(hook);
    }

    /**
     * A conversation came to be, or came into sight of a participant's client.
     *
     * @param hook called with each {@link ConversationAdded}
     * @return a handle that stops it
     * @see Hooks#onConversationAdded
     */
    public static Subscription onConversationAdded(Hook<? super ConversationAdded> hook) {
        return hooks().onConversationAdded(hook);
    }

    /**
     * The user of this client now takes part in a conversation.
     *
     * @param hook called with each {@link ConversationJoined}
     * @return a handle that stops it
     * @see Hooks#onConversationJoined
     */
    public static Subscription onConversationJoined(Hook<? super ConversationJoined> hook) {
        return hooks().onConversationJoined(hook);
    }

    /**
     * The user of this client no longer takes part in a conversation.
     *
     * @param hook called with each {@link ConversationLeft}
     * @return a handle that stops it
     * @see Hooks#onConversationLeft
     */
    public static Subscription onConversationLeft(Hook<? super ConversationLeft> hook) {
        return hooks().onConversationLeft(hook);
    }

    /**
     * A conversation was deleted, or went out of sight of a participant's client.
     *
     * @param hook called with each {@link ConversationRemoved}
     * @return a handle that stops it
     * @see Hooks#onConversationRemoved
     */
    public static Subscription onConversationRemoved(Hook<? super ConversationRemoved> hook) {
        return hooks().onConversationRemoved(hook);
    }

    /**
     * Something about a conversation changed.
     *
     * @param hook called with each {@link ConversationUpdated}
     * @return a handle that stops it
     * @see Hooks#onConversationUpdated
     */
    public static Subscription onConversationUpdated(Hook<? super ConversationUpdated> hook) {
        return hooks().onConversationUpdated(hook);
    }

    /**
     * The state of a conversation changed; seen by the server side only.
     *
     * @param hook called with each {@link ConversationStateUpdated}
     * @return a handle that stops it
     * @see Hooks#onConversationStateUpdated
     */
    public static Subscription onConversationStateUpdated(Hook<? super ConversationStateUpdated> hook) {
        return hooks().onConversationStateUpdated(hook);
    }

    /**
     * A message was written.
     *
     * @param hook called with each {@link MessageAdded}
     * @return a handle that stops it
     * @see Hooks#onMessageAdded
     */
    public static Subscription onMessageAdded(Hook<? super MessageAdded> hook) {
        return hooks().onMessageAdded(hook);
    }

    /**
     * A message was changed.
     *
     * @param hook called with each {@link MessageUpdated}
     * @return a handle that stops it
     * @see Hooks#onMessageUpdated
     */
    public static Subscription onMessageUpdated(Hook<? super MessageUpdated> hook) {
        return hooks().onMessageUpdated(hook);
    }

    /**
     * A message was removed.
     *
     * @param hook called with each {@link MessageRemoved}
     * @return a handle that stops it
     * @see Hooks#onMessageRemoved
     */
    public static Subscription onMessageRemoved(Hook<? super MessageRemoved> hook) {
        return hooks().onMessageRemoved(hook);
    }

    /**
     * The delivery of a message to one recipient who is no chat user took a step; seen by the server side only.
     *
     * @param hook called with each {@link DeliveryUpdated}
     * @return a handle that stops it
     * @see Hooks#onDeliveryUpdated
     */
    public static Subscription onDeliveryUpdated(Hook<? super DeliveryUpdated> hook) {
        return hooks().onDeliveryUpdated(hook);
    }

    /**
     * Somebody joined a conversation or was added to it.
     *
     * @param hook called with each {@link ParticipantJoined}
     * @return a handle that stops it
     * @see Hooks#onParticipantJoined
     */
    public static Subscription onParticipantJoined(Hook<? super ParticipantJoined> hook) {
        return hooks().onParticipantJoined(hook);
    }

    /**
     * Somebody left a conversation or was removed from it.
     *
     * @param hook called with each {@link ParticipantLeft}
     * @return a handle that stops it
     * @see Hooks#onParticipantLeft
     */
    public static Subscription onParticipantLeft(Hook<? super ParticipantLeft> hook) {
        return hooks().onParticipantLeft(hook);
    }

    /**
     * Something about a participant changed, for example how far they have read.
     *
     * @param hook called with each {@link ParticipantUpdated}
     * @return a handle that stops it
     * @see Hooks#onParticipantUpdated
     */
    public static Subscription onParticipantUpdated(Hook<? super ParticipantUpdated> hook) {
        return hooks().onParticipantUpdated(hook);
    }

    /**
     * Somebody else is typing; repeated while they go on.
     *
     * @param hook called with each {@link TypingStarted}
     * @return a handle that stops it
     * @see Hooks#onTypingStarted
     */
    public static Subscription onTypingStarted(Hook<? super TypingStarted> hook) {
        return hooks().onTypingStarted(hook);
    }

    /**
     * Somebody else stopped typing or sent their message.
     *
     * @param hook called with each {@link TypingEnded}
     * @return a handle that stops it
     * @see Hooks#onTypingEnded
     */
    public static Subscription onTypingEnded(Hook<? super TypingEnded> hook) {
        return hooks().onTypingEnded(hook);
    }

    /**
     * Something was missed for good: it never came, or found no room, and Twilio does not hold it any more.
     *
     * @param hook called with each {@link EventsMissed}
     * @return a handle that stops it
     * @see ConversationHooks#onEventsMissed
     */
    public static Subscription onEventsMissed(Hook<? super EventsMissed> hook) {
        return hooks().onEventsMissed(hook);
    }

    /**
     * A user came to be; seen by the server side only.
     *
     * @param hook called with each {@link UserAdded}
     * @return a handle that stops it
     * @see Hooks#onUserAdded
     */
    public static Subscription onUserAdded(Hook<? super UserAdded> hook) {
        return hooks().onUserAdded(hook);
    }

    /**
     * Something about a user changed.
     *
     * @param hook called with each {@link UserUpdated}
     * @return a handle that stops it
     * @see Hooks#onUserUpdated
     */
    public static Subscription onUserUpdated(Hook<? super UserUpdated> hook) {
        return hooks().onUserUpdated(hook);
    }

    /**
     * A participant's client now follows a user's changes.
     *
     * @param hook called with each {@link UserSubscribed}
     * @return a handle that stops it
     * @see Hooks#onUserSubscribed
     */
    public static Subscription onUserSubscribed(Hook<? super UserSubscribed> hook) {
        return hooks().onUserSubscribed(hook);
    }

    /**
     * A participant's client no longer follows a user's changes.
     *
     * @param hook called with each {@link UserUnsubscribed}
     * @return a handle that stops it
     * @see Hooks#onUserUnsubscribed
     */
    public static Subscription onUserUnsubscribed(Hook<? super UserUnsubscribed> hook) {
        return hooks().onUserUnsubscribed(hook);
    }

    /**
     * Something that this version of the library does not know.
     *
     * @param hook called with each {@link Unknown}
     * @return a handle that stops it
     * @see Hooks#onUnknown
     */
    public static Subscription onUnknown(Hook<? super Unknown> hook) {
        return hooks().onUnknown(hook);
    }
}
