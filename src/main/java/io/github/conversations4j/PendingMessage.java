package io.github.conversations4j;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.OutcomeUnknownException;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewMessage;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way. {@link Conversation#sendMessage} gives it at once, so that a screen can show the message before
 * Twilio has it. Thread-safe.
 *
 * <p>States, in the order in which they are reached:
 *
 * <ul>
 *   <li>{@link State#PENDING}: on its way to Twilio. Leads to sent, failed or unknown.
 *   <li>{@link State#SENT}: stored; {@link #sent()} gives the message. Final where nobody tells of receipts or read
 *       horizons: a backend without an event source, or participants who never mark anything as read.
 *   <li>{@link State#DELIVERED}: it has arrived with at least one recipient over SMS, WhatsApp or the like.
 *   <li>{@link State#READ}: at least one other person has read it: by receipt, or because their read horizon has passed it.
 *       Final. {@link Conversation#onRead} tells who has read up to where.
 *   <li>{@link State#FAILED}: refused, or never left, or delivery has failed for every recipient; {@link #failure()} tells.
 *   <li>{@link State#UNKNOWN}: the answer was lost, and a message with this client id was looked for and not found. It
 *       may still arrive: this leads to sent when an event or {@link #lookUp()} brings it.
 * </ul>
 *
 * <p>The library never sends a message twice by itself. {@link #resend()} is the choice of whoever can tell whether a
 * message that arrives twice is worse than one that does not.
 *
 * <p>What is told about {@value Outbox#MOST_FOLLOWED} messages is followed; beyond that the oldest stay at sent.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message
 *     resource</a>
 */
public final class PendingMessage {
    /** How far a message has come. */
    public enum State {
        /** On its way to Twilio. */
        PENDING,
        /** Stored by Twilio. */
        SENT,
        /** Arrived with at least one recipient over SMS, WhatsApp or the like. */
        DELIVERED,
        /** Read by at least one other person. */
        READ,
        /** Refused, never left, or could not be delivered to anybody. */
        FAILED,
        /** Sent, with the answer lost; it may have been stored or not. */
        UNKNOWN
    }

    private final Outbox outbox;
    private final Watchers<State> watchers;

    /** Whether somebody asked how it went. Goes to true once, on any thread. */
    private volatile boolean lookedAt;

    // Guarded by this.
    private final Map<State, CompletableFuture<PendingMessage>> awaited = new EnumMap<>(State.class);
    private Letter letter;
    private State state = State.PENDING;
    private @Nullable Message stored;
    private @Nullable Throwable failure;
    /** Whether another message goes the way of this one, which takes whatever turns up. */
    private boolean replaced;

    PendingMessage(Outbox outbox, Letter letter, Watchers<State> watchers) {
        this.outbox = outbox;
        this.letter = letter;
        this.watchers = watchers;
    }

    /**
     * What is sent, as it was given.
     *
     * @return the message
     */
    public NewMessage message() {
        return letter().message();
    }

    /**
     * The id that this client gave to the message and by which its event is recognised:
     * {@link Message#clientId()} of the message is the same.
     *
     * @return the id; empty if the attributes are no JSON object, in which there is no place for it. Such a message can not
     *     be looked for when its answer is lost
     */
    public Optional<String> clientId() {
        return Optional.ofNullable(letter().clientId());
    }

    /**
     * How far the message has come.
     *
     * @return the state now
     */
    public synchronized State state() {
        lookedAt = true;
        return state;
    }

    /**
     * Why the message is in state failed or unknown.
     *
     * @return the cause; empty in other states
     */
    public synchronized Optional<Throwable> failure() {
        lookedAt = true;
        return Optional.ofNullable(failure);
    }

    /**
     * Completes when Twilio has stored the message. Fails with what it was refused for, or with
     * {@link OutcomeUnknownException} when the answer was lost and the message was not found.
     *
     * @return a new future on the same answer each time
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Deferred<Message> sent() {
        return outbox.deferred(letter(), stage(State.SENT).thenApply(done -> Objects.requireNonNull(done.stored())));
    }

    /**
     * Waits until Twilio has stored the message, as {@code sent().await()} does.
     *
     * @return the stored message
     * @throws ConversationsException as {@link #sent()} fails
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Message await() {
        return sent().await();
    }

    /**
     * Completes when the message has come so far or further, which may be never.
     *
     * @param goal sent, delivered or read
     * @return completes with this; fails as {@link #sent()} does
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Deferred<PendingMessage> reached(State goal) {
        if (goal != State.SENT && goal != State.DELIVERED && goal != State.READ) {
            throw new IllegalArgumentException("goal: must be SENT, DELIVERED or READ, was " + goal);
        }
        return outbox.deferred(letter(), stage(goal));
    }

    private CompletableFuture<PendingMessage> stage(State goal) {
        lookedAt = true;
        CompletableFuture<PendingMessage> stage;
        synchronized (this) {
            stage = awaited.computeIfAbsent(goal, any -> new CompletableFuture<>());
        }
        settle();
        return stage;
    }

    /**
     * Registers a hook on the state.
     *
     * @param hook called with the state now and then with each one that is reached, in order, one at a time
     * @return a handle that stops it
     */
    public Subscription onStateChanged(Hook<? super State> hook) {
        lookedAt = true;
        Subscription subscription;
        synchronized (this) {
            subscription = watchers.add(hook, state);
        }
        watchers.run();
        return subscription;
    }

    /**
     * Looks in the conversation whether the message is there, by its client id; of use in state unknown.
     *
     * @return the message if it was found, and this is then in state sent, unless it was sent again; empty if it is not there,
     *     or has no client id
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Deferred<Optional<Message>> lookUp() {
        return outbox.lookUp(this);
    }

    /**
     * Sends the message again, with the same client id. From state unknown both may arrive: over REST Twilio has nothing to
     * prevent it; over the tunnel of a participant the second carries the mutation id of the first, by which the service
     * is assumed to recognise it.
     *
     * @return the new way of the message; this one stays as it is, whatever turns up
     * @throws IllegalStateException if the message is on its way, or stored, even if nobody could be reached: a new one is
     *     needed then; or if it was sent again already
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public PendingMessage resend() {
        synchronized (this) {
            if (stored != null || state == State.PENDING) {
                throw new IllegalStateException(
                        "resend: the message is " + state + (stored == null ? "" : " and stored")
                                + "; it can be sent again when it was refused, never left, or its outcome is unknown");
            }
            if (replaced) {
                throw new IllegalStateException(
                        "resend: the message was sent again already; ask the PendingMessage that resend() gave");
            }
            replaced = true;
        }
        return outbox.resend(this);
    }

    synchronized Letter letter() {
        return letter;
    }

    boolean isLookedAt() {
        return lookedAt;
    }

    @Nullable
    Message stored() {
        synchronized (this) {
            return stored;
        }
    }

    synchronized boolean isUnknown() {
        return state == State.UNKNOWN;
    }

    /** Twilio has it. Returns whether that is news, which {@link #settle} then tells, outside of all locks. */
    synchronized boolean foundAs(Message message) {
        if (stored != null || replaced) {
            return false;
        }
        stored = message;
        // Files may be large, and are not needed any more.
        letter = letter.withoutUploads();
        advance(State.SENT);
        return true;
    }

    private void advance(State to) {
        state = to;
        failure = null;
        // Who asks from now on is not told what was thought before.
        awaited.values().removeIf(CompletableFuture::isCompletedExceptionally);
        watchers.fire(state);
    }

    void refused(Throwable cause) {
        move(State.FAILED, cause);
    }

    void lost(Throwable cause) {
        move(State.UNKNOWN, cause);
    }

    private void move(State to, Throwable cause) {
        synchronized (this) {
            if (stored != null || state == to) {
                return;
            }
            state = to;
            failure = cause;
            watchers.fire(state);
        }
        settle();
    }

    /** A receipt or read horizon says how far it has come; only forwards. It is to be settled then. */
    synchronized void arrived(State at) {
        if (stored != null && (at.ordinal() > state.ordinal() || state == State.FAILED)) {
            advance(at);
        }
    }

    /** Every recipient's delivery has failed. It is to be settled then. */
    synchronized void undeliverable(Throwable cause) {
        if (state == State.SENT) {
            state = State.FAILED;
            failure = cause;
            watchers.fire(state);
        }
    }

    /** Tells everybody how far it is, outside of all locks: hooks may run here. */
    void settle() {
        Map<State, CompletableFuture<PendingMessage>> goals;
        State reached;
        Throwable cause;
        synchronized (this) {
            goals = new EnumMap<>(awaited);
            // A message that could not be delivered was still sent.
            reached = failure == null ? state : stored == null ? State.PENDING : State.SENT;
            cause = failure;
        }
        goals.forEach((goal, stage) -> {
            if (goal.ordinal() <= reached.ordinal()) {
                stage.complete(this);
            } else if (cause != null) {
                stage.completeExceptionally(cause);
            }
        });
        watchers.run();
    }

    /** The state and the ids, without the text. */
    @Override
    public synchronized String toString() {
        return "PendingMessage[" + letter.conversationSid() + ", " + letter.clientId() + ", " + state + ']';
    }
}
