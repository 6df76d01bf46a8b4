package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.EventsMissed;
import io.github.conversations4j.event.InitFailed;
import io.github.conversations4j.event.Initialized;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.TypingStarted;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.source.RoomSignal;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.source.Sink;
import io.github.conversations4j.source.SourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the sources of a client put their events, and what keeps the promise. Thread-safe.
 *
 * <p>An event takes three steps, each of which can end its way:
 *
 * <ol>
 *   <li>{@link MessageOrder}: messages of a conversation go on by index; what is early waits, and Twilio is asked about
 *       holes. Everything else goes on at once.
 *   <li>{@link Admission}: what was delivered before is dropped, updates get their reasons from the former state.
 *   <li>The {@link Dispatcher}: the event is queued for its hooks, or refused if they have no room.
 * </ol>
 *
 * <p>What was refused leaves a mark at its conversation, which {@link Reconciliation} has compared with Twilio when there is
 * room; or its source keeps it, and is told of the room. So an event is <em>delivered</em>, <em>recovered</em> later from
 * what Twilio holds, or <em>missed</em>, which {@link EventsMissed} says; of what belongs to no conversation, the error
 * handler is told. What waits here is lost with the process, unless a cursor is kept.
 */
public final class Delivery implements Sink, RoomSignal {
    private final Dispatcher dispatcher;
    private final Announcements announcements;
    private final Reconciliation reconciliation;
    private final ClientLosses clientLosses;
    private final Outlet outlet;
    private final MessageOrder order;
    private final @Nullable Cursors cursors;
    private final List<Consumer<@Nullable String>> waitingForRoom = new CopyOnWriteArrayList<>();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile boolean closed;

    /**
     * A delivery that has seen nothing yet.
     *
     * @param dispatcher the way to the hooks
     * @param limits how far order is kept
     * @param surroundings clock and scheduler
     */
    public Delivery(Dispatcher dispatcher, OrderLimits limits, Surroundings surroundings) {
        this(dispatcher, limits, surroundings, null);
    }

    /**
     * A delivery that goes on where hooks were before.
     *
     * @param dispatcher the way to the hooks
     * @param limits how far order is kept
     * @param surroundings clock and scheduler
     * @param cursors where hooks were, opened before the first event is offered; null if that is not kept
     */
    public Delivery(Dispatcher dispatcher, OrderLimits limits, Surroundings surroundings, @Nullable Cursors cursors) {
        this.dispatcher = dispatcher;
        this.cursors = cursors;
        this.announcements = new Announcements(surroundings.clock(), dispatcher::dispatchAlways);
        this.reconciliation = new Reconciliation(surroundings, announcements, this::gone);
        this.clientLosses = new ClientLosses((what, cause) -> dispatcher.report(null, what, cause));
        this.outlet = new Outlet(dispatcher, reconciliation, cursors);
        this.order = new MessageOrder(surroundings, limits, this::passage, reconciliation, cursors);
        // On the scheduler's thread: an executor that runs hooks on the spot would nest one turn in the other.
        dispatcher.onRoom(sid -> surroundings.scheduler().schedule(() -> room(sid), Duration.ZERO));
        if (cursors != null) {
            cursors.tell(cause -> announcements.cursorsFailed(cause, false), this::ownershipLost);
        }
    }

    /** Twilio does not know a conversation any more. */
    private void gone(String conversationSid) {
        order.ended(conversationSid);
        if (cursors != null) {
            cursors.ended(conversationSid);
        }
    }

    /** Hooks have room again. */
    private void room(@Nullable String conversationSid) {
        order.room(conversationSid);
        reconciliation.room(conversationSid);
        waitingForRoom.forEach(listener -> listener.accept(conversationSid));
        if (conversationSid == null || conversationSid.isEmpty()) {
            clientLosses.report();
        }
    }

    /**
     * {@inheritDoc}
     *
     * @param listener called on the thread of the scheduler, after what waits here has been offered to hooks
     */
    @Override
    public void onRoom(Consumer<@Nullable String> listener) {
        waitingForRoom.add(listener);
    }

    /** Somebody else delivers now. */
    private void ownershipLost(Throwable cause) {
        close();
        dispatcher.abandonSources();
        announcements.cursorsFailed(cause, true);
        dispatcher.report(
                null, "events are not delivered any more, because another client took their cursors over", cause);
    }

    @Override
    public Offer offer(ConversationsEvent event) {
        if (closed) {
            return Offer.CLOSED;
        }
        if (event instanceof Initialized || event instanceof InitFailed) {
            throw new IllegalArgumentException(event.type() + ": only the client itself fires this; a source tells it"
                    + " through SourceConnection.ready()");
        }
        Offer offer = inOrder(event);
        if (offer == Offer.DUPLICATE) {
            duplicates.increment();
        } else if (offer == Offer.REFUSED) {
            refused.increment();
            if (closed) {
                return Offer.CLOSED;
            }
            refused(event);
        }
        return offer;
    }

    private void refused(ConversationsEvent event) {
        // Another source may have been told "duplicate" meanwhile, so the refusal alone brings nothing back.
        if (event instanceof ConversationScoped scoped && !comesAgain(event)) {
            reconciliation.lost(scoped);
        } else if (comesOnce(event) && !reconciliation.recovers(event.type())) {
            clientLosses.add(event.type());
        }
    }

    /** Twilio calls us once, whatever it is answered; other sources offer again what was refused. */
    private static boolean comesOnce(ConversationsEvent event) {
        return event.meta().source().equals(SourceKind.WEBHOOK.sourceName());
    }

    /** What a participant's source has no room for stays in Twilio's log until there is; only that somebody types does not. */
    private static boolean comesAgain(ConversationsEvent event) {
        return event.meta().source().equals(SourceKind.REALTIME.sourceName()) && !(event instanceof TypingStarted);
    }

    private Offer inOrder(ConversationsEvent event) {
        if (event instanceof MessageAdded added) {
            return order.offer(event, added.conversationSid(), added.message().index());
        } else if (event instanceof MessageUpdated updated) {
            return order.offer(
                    event, updated.conversationSid(), updated.message().index());
        } else if (event instanceof MessageRemoved removed) {
            return order.offer(
                    event, removed.conversationSid(), removed.message().index());
        } else if (event instanceof DeliveryUpdated updated) {
            return order.offer(updated);
        } else if (event instanceof ConversationRemoved removed) {
            order.ended(removed.conversationSid());
            reconciliation.gone(removed.conversationSid());
        } else if (event instanceof ConversationAdded added && isNew(added)) {
            order.began(added.conversationSid());
        }
        Passage passage = passage();
        return passage.end(passage.pass(event));
    }

    private Passage passage() {
        return new Passage(outlet, this::takenBack);
    }

    private void takenBack(ConversationsEvent event) {
        if (event instanceof MessageAdded added) {
            order.takenBack(added.conversationSid(), added.message().index());
        }
        // Of messages it may have been taken from its source long ago, and held.
        if (event instanceof ConversationScoped scoped && (isOfMessage(event) || !comesAgain(event))) {
            reconciliation.lost(scoped);
        }
    }

    private static boolean isOfMessage(ConversationsEvent event) {
        return event instanceof MessageAdded
                || event instanceof MessageUpdated
                || event instanceof MessageRemoved
                || event instanceof DeliveryUpdated;
    }

    /** For a participant a conversation also comes to be when they join it. */
    private static boolean isNew(ConversationAdded event) {
        return event.meta().source().equals(SourceKind.WEBHOOK.sourceName());
    }

    /**
     * Adds a part of the library that keeps state by events. It sees every event before the hooks do, on the thread of the
     * source and under the lock of the conversation: it must be quick and must not block. An event that the hooks have no
     * room for is seen again when it is offered again.
     *
     * @param observer called with each event, and with what takes a task that may call others: it runs when no lock is held,
     *     before the hooks of the event are started. What it throws is logged and goes no further
     */
    public void observe(BiConsumer<ConversationsEvent, Consumer<Runnable>> observer) {
        outlet.observe(observer);
    }

    @Override
    public void markIncomplete(String conversationSid) {
        reconciliation.incomplete(conversationSid);
    }

    /**
     * Begins to ask about holes, and to compare what is marked with Twilio.
     *
     * @param asker asks about holes
     * @param reconciler compares
     */
    public void recoverWith(Asker asker, Reconciler reconciler) {
        order.askWith(asker);
        reconciliation.start(reconciler);
    }

    /**
     * What is compared with Twilio, and when.
     *
     * @return the same object each time
     */
    public Reconciliation reconciliation() {
        return reconciliation;
    }

    /**
     * Takes what Twilio holds of the messages of a conversation: fills holes with it, and delivers what was missed.
     *
     * @param reading what was read
     * @return whether hooks had room for all of it
     */
    public boolean recover(Reading reading) {
        return closed || order.fill(reading);
    }

    /** What Twilio is to be asked for of the messages of a conversation. */
    MessageOrder.Open open(String conversationSid) {
        return order.open(conversationSid);
    }

    /** Takes no more events. Does not block. */
    public void close() {
        closed = true;
        announcements.close();
        reconciliation.close();
        order.close();
        clientLosses.report();
    }

    /**
     * Conversations of which events were refused.
     *
     * @return their SIDs, a copy
     */
    public Set<String> incomplete() {
        return reconciliation.marked();
    }

    /**
     * What became of the events that were offered.
     *
     * @return the counts now
     */
    public Counts counts() {
        return new Counts(outlet.accepted(), duplicates.sum(), refused.sum());
    }

    /**
     * What became of events.
     *
     * @param accepted handed to hooks
     * @param duplicates dropped, because they were delivered before
     * @param refused refused, because the hooks had no room
     */
    public record Counts(long accepted, long duplicates, long refused) {}
}
