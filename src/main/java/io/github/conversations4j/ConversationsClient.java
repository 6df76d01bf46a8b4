package io.github.conversations4j;

import com.twilio.http.TwilioRestClient;
import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.InitFailed;
import io.github.conversations4j.event.Initialized;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.commands.SendLimits;
import io.github.conversations4j.model.ContentTemplate;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.ReadPosition;
import io.github.conversations4j.source.Draft;
import io.github.conversations4j.source.DraftType;
import io.github.conversations4j.source.PollReport;
import io.github.conversations4j.source.SourceKind;
import io.github.conversations4j.token.TokenMinter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of Twilio Conversations: hooks for what happens, commands and queries, and a token that looks after itself.
 * Thread-safe. Several clients live side by side; {@link ConversationsContext} holds one of them for the whole
 * program.
 *
 * <p>States: <em>starting</em> from {@link #start} on; <em>ready</em> when its sources are up and its credentials were
 * accepted, which {@link #onInit} and {@link #ready()} tell; <em>closed</em> after {@link #close}. Hooks may be
 * registered in the first two. A client that could not start stays in <em>starting</em> until it is closed, or until it could after all
 * (a participant's client goes on trying).
 */
public final class ConversationsClient implements Hooks, BeforeHooks, AutoCloseable {
    /** How long {@link #close()} lets hooks finish. */
    public static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private static final int PAGE_SIZE = 50;

    private final ClientRuntime runtime;

    private ConversationsClient(ClientRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Starts a client. Does not block: what goes wrong from here on is told by {@link #onInitFailed} and
     * {@link #ready()}.
     *
     * @param options how it is to be made
     * @return the client
     */
    public static ConversationsClient start(ClientOptions options) {
        return start(options, client -> {});
    }

    /**
     * Starts a client with hooks that miss nothing, because they are registered before its sources are.
     *
     * @param options how it is to be made
     * @param wiring registers hooks; what it throws ends the start
     * @return the client
     * @throws UnsupportedByClientException if a hook was registered that no configured source can fire
     */
    public static ConversationsClient start(ClientOptions options, Consumer<? super ConversationsClient> wiring) {
        ConversationsClient client = wired(options, wiring);
        client.connect();
        return client;
    }

    /** Makes a client with hooks that is still to be connected. */
    static ConversationsClient wired(ClientOptions options, Consumer<? super ConversationsClient> wiring) {
        Arguments.given("wiring", wiring);
        ConversationsClient client = new ConversationsClient(new ClientRuntime(Arguments.given("options", options)));
        try {
            wiring.accept(client);
        } catch (Throwable e) {
            client.close(Duration.ZERO);
            throw e;
        }
        return client;
    }

    void connect() {
        runtime.connect();
    }

    /**
     * Whether hooks for a kind of event can ever be called on this client.
     *
     * @param type the kind of event
     * @return whether a configured source, or the client itself, can fire it
     */
    public boolean supports(EventType<?> type) {
        return runtime.supported().contains(Arguments.given("type", type));
    }

    /**
     * What looking for changes over REST costs now and how late it can be: of the poll source, or of the sweep of a back
     * end that has only webhooks.
     *
     * @return the state now; without rows if neither is there
     */
    public PollReport polling() {
        return runtime.safetyNet().report();
    }

    @Override
    public <E extends ConversationsEvent> Subscription on(EventType<E> type, Hook<? super E> hook) {
        return register(type, null, hook);
    }

    @Override
    public <E extends ConversationsEvent> Subscription onAsync(EventType<E> type, AsyncHook<? super E> hook) {
        return registerAsync(type, null, hook);
    }

    @Override
    public <D extends Draft> Subscription before(DraftType<D> type, BeforeHook<? super D> hook) {
        Arguments.given("hook", hook);
        runtime.requireOpen("register a hook for " + Arguments.given("type", type));
        if (!runtime.receivesWebhooks()) {
            throw new UnsupportedByClientException(
                    "before hooks", "only Twilio's pre-event webhooks ask; use " + SourceKind.WEBHOOK.howToAdd());
        }
        return runtime.decisions().register(type, hook);
    }

    <E extends ConversationsEvent> Subscription register(
            EventType<E> type, @Nullable String conversationSid, Hook<? super E> hook) {
        check(type, conversationSid, hook);
        return runtime.dispatcher().register(type, conversationSid, hook);
    }

    <E extends ConversationsEvent> Subscription registerAsync(
            EventType<E> type, @Nullable String conversationSid, AsyncHook<? super E> hook) {
        check(type, conversationSid, hook);
        return runtime.dispatcher().registerAsync(type, conversationSid, hook);
    }

    private void check(EventType<?> type, @Nullable String conversationSid, Object hook) {
        Arguments.given("hook", hook);
        runtime.requireOpen("register a hook for " + Arguments.given("type", type));
        if (!supports(type)) {
            throw unsupported(List.of(type));
        }
        if (conversationSid != null && !type.isConversationScoped()) {
            throw new IllegalArgumentException(
                    type + ": is no event of one conversation; register the hook on the client");
        }
    }

    UnsupportedByClientException unsupported(Collection<EventType<?>> types) {
        return RefusedHooks.refuse(runtime.source(), types);
    }

    /**
     * Somebody's read horizon has moved in any conversation; short for a hook on participants' updates that looks for it. Where the source
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
     * A new scope: hooks that are registered through it end together.
     *
     * @return an open scope
     */
    public SubscriptionScope scope() {
        return new SubscriptionScope(this);
    }

    /**
     * A handle on a conversation, made without any call.
     *
     * @param sid the conversation SID, {@code CH…}
     * @return the handle
     * @throws IllegalArgumentException if that is no conversation SID
     */
    public Conversation conversation(String sid) {
        return new Conversation(this, sid, null);
    }

    /**
     * A handle on the conversation of an event.
     *
     * @param event an event of one conversation
     * @return the handle
     */
    public Conversation conversation(ConversationScoped event) {
        return new Conversation(this, Arguments.given("event", event).conversationSid(), null);
    }

    /**
     * Finds a conversation of the service; a participant's client finds those that its user may see.
     *
     * @param sidOrUniqueName {@code CH…}, or the unique name
     * @return a handle; fails with {@link NotFoundException} if there is none
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource#fetch-a-conversation-resource">Fetch a
     *     conversation</a>
     */
    public Deferred<Conversation> findConversation(String sidOrUniqueName) {
        Arguments.sidOrName("conversation", "CH", sidOrUniqueName);
        return calls().ask(
                        "find conversation " + sidOrUniqueName,
                        api -> api.conversations()
                                .fetch(sidOrUniqueName)
                                .thenApply(found -> conversation(found.sid())));
    }

    /**
     * Reads all conversations of the service, on a backend. Those of one person are read by
     * {@link Person#findConversations()}, on both kinds of client.
     *
     * @return the first page; fails with {@link UnsupportedByClientException} on a participant's client
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource#read-multiple-conversation-resources">Read
     *     conversations</a>
     */
    public Deferred<Page<ConversationSnapshot>> findConversations() {
        return calls().page(
                        "list conversations",
                        PAGE_SIZE,
                        (api, page) -> api.conversations().list(page));
    }

    /**
     * Creates a conversation. On a backend nobody takes part in it yet; a participant's client joins it.
     *
     * @param conversation how it is to be
     * @return a handle; fails with {@link ConflictException} if the unique name is taken
     * @throws IllegalArgumentException if something is too long, or the attributes are not JSON; the message names the limit
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource#create-a-conversation-resource">Create a
     *     conversation</a>
     */
    public Deferred<Conversation> createConversation(NewConversation conversation) {
        SendLimits.check(conversation);
        if (isParticipant()) {
            return new Person(this, null).createConversation(conversation);
        }
        return calls().ask(
                        "create a conversation",
                        api -> api.conversations().create(conversation).thenApply(made -> conversation(made.sid())));
    }

    /**
     * Acts as one person, on a backend: what a participant's client does by itself.
     *
     * @param identity who
     * @return what the person sees and does
     * @throws UnsupportedByClientException on a participant's client, which acts as the user of its token only
     */
    public Person as(String identity) {
        Arguments.identity(identity);
        if (isParticipant()) {
            throw new UnsupportedByClientException(
                    "act as " + identity,
                    "a participant's client acts as the user of its token; use a backend's client");
        }
        return new Person(this, identity);
    }

    /**
     * The user of this client's access token, on a participant's client.
     *
     * @return what the user sees and does
     * @throws UnsupportedByClientException on a backend, which is nobody by itself
     */
    public Person me() {
        if (!isParticipant()) {
            throw new UnsupportedByClientException(
                    "act as a participant", "a backend is no participant. Use client.as(identity)");
        }
        return new Person(this, null);
    }

    /**
     * Further ways to come to a conversation: get or create, direct between two people, with people in it, by address.
     *
     * @return what can be done
     */
    public Conversations conversations() {
        return new Conversations(this);
    }

    /**
     * The files of messages.
     *
     * @return what can be done with files
     */
    public MediaFiles media() {
        return new MediaFiles(runtime, calls());
    }

    /**
     * The roles of the service, on a backend.
     *
     * @return what can be done with roles
     */
    public Roles roles() {
        return new Roles(calls());
    }

    /**
     * Reads the content templates that messages can be made from.
     *
     * @return the first page
     * @see <a href="https://www.twilio.com/docs/content/content-api-resources">Content API</a>
     */
    public Deferred<Page<ContentTemplate>> contentTemplates() {
        return calls().page(
                        "list content templates",
                        PAGE_SIZE,
                        (api, page) -> api.templates().list(page));
    }

    /**
     * The client of twilio-java over the connections of this one, for whatever this library does not wrap; on a backend only. It
     * keeps the promises of this one: no write is sent again that may have been stored, only what Twilio refused (429, or 401 for
     * the token of an OAuth client), and secrets go to the configured hosts only. Its calls block.
     *
     * @return the same object each time
     * @throws UnsupportedByClientException on a participant's client, which has no credentials of the account
     */
    public TwilioRestClient twilio() {
        return runtime.twilio();
    }

    /**
     * Counts what was asked of Twilio and what {@link WriteLimits} held back, for metrics; on a backend only.
     *
     * @return the counts of now
     * @throws UnsupportedByClientException on a participant's client
     */
    public CallCounts callCounts() {
        return runtime.callCounts();
    }

    /**
     * The chat users of the service.
     *
     * @return what can be done with users
     */
    public Users users() {
        return new Users(calls());
    }

    /**
     * Whether a message was sent by this client, or by another one with the same {@code sender} in its options. Such messages
     * are kept from the hooks by {@link Middleware#ignoreOwnMessages()}.
     *
     * @param message a message from an event or a list
     * @return whether it carries an id that only such a client can have made
     */
    public boolean isOwn(Message message) {
        return calls().outbox().own().isOwn(Arguments.given("message", message));
    }

    boolean isParticipant() {
        return runtime.isParticipant();
    }

    Calls calls() {
        return runtime.calls();
    }

    /**
     * The webhooks of this back end, for example to handle those that another web server receives.
     *
     * @return the same object each time
     */
    public Webhooks webhooks() {
        return runtime.webhooks();
    }

    /**
     * Mints access tokens for participants.
     *
     * @return a minter with the API key and the service of the credentials
     * @throws UnsupportedByClientException on a participant's client, which has none
     * @throws IllegalStateException if the credentials lack the API key or the service; says what to set
     */
    public TokenMinter tokens() {
        return runtime.tokens();
    }

    /**
     * Completes when the client is ready, as {@link Initialized} defines it; fails when it can not become so, as
     * {@link InitFailed} defines it. Once an {@code Initialized} has followed that after all, this completes for whoever
     * asks from then on.
     *
     * @return a new future on the answer as it stands
     */
    public Deferred<Initialized> ready() {
        return runtime.ready();
    }

    /**
     * How many hooks are registered.
     *
     * @return the number of active handles, those of conversations included
     */
    public int activeHooks() {
        return runtime.dispatcher().hooks();
    }

    /**
     * Whether {@link #close} was called.
     *
     * @return true from then on
     */
    public boolean isClosed() {
        return runtime.isClosed();
    }

    /**
     * Stops the sources, finishes the events that were taken in, interrupts the hooks that take longer than the limit and
     * names them in the log. Afterwards no thread, socket or subscription of the client is left (idle threads that
     * OkHttp shares between all its clients excepted), and what was handed in is untouched.
     *
     * <p>An event whose hooks have not ended within the limit does not count as delivered. With
     * {@linkplain DeliveryOptions.Builder#cursors cursors} the message comes again after the next start, else it is lost. Saving
     * what hooks have taken gets a second even if the limit is over by then; a store that takes longer is not waited for, and
     * those messages come again too.
     *
     * <p>Inside a hook it does not wait: the rest happens on a thread of its own, when the hook has returned. What fails on the
     * way, for example because a store or scheduler that was handed in is closed already, goes to the error handler and holds
     * up nothing else.
     *
     * @param limit how long to wait; zero waits for nothing but that
     * @return whether everything had ended when it returned, and nothing had failed
     */
    public boolean close(Duration limit) {
        return runtime.close(limit);
    }

    /** The same as {@link #close(Duration)} with {@link #CLOSE_LIMIT}. */
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }
}
