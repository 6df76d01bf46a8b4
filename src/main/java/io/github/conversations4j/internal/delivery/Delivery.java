package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.InitFailed;
import io.github.conversations4j.event.Initialized;
import io.github.conversations4j.internal.delivery.Admission.Admitted;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.source.Sink;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the sources of a client put their events. Drops what was delivered before, gives updates their reasons, hands
 * the rest to the hooks, and refuses when the hooks have no room. Thread-safe.
 */
public final class Delivery implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int REMEMBERED_RESOURCES = 50_000;
    private static final long REMEMBERED_CHARACTERS = 16_000_000;

    private final Dispatcher dispatcher;
    private final Admission admission = new Admission(new ResourceMemory(REMEMBERED_RESOURCES, REMEMBERED_CHARACTERS));
    private final Reconciliation reconciliation;
    private final List<Consumer<? super ConversationsEvent>> observers = new CopyOnWriteArrayList<>();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile boolean closed;

    /**
     * A delivery that has seen nothing yet.
     *
     * @param dispatcher the way to the hooks
     * @param surroundings clock and scheduler
     */
    public Delivery(Dispatcher dispatcher, Surroundings surroundings) {
        this.dispatcher = dispatcher;
        this.reconciliation = new Reconciliation(surroundings, dispatcher::dispatchAlways);
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
        Admitted admitted = admission.admit(event);
        if (admitted == null) {
            duplicates.increment();
            return Offer.DUPLICATE;
        }
        observers.forEach(observer -> observe(observer, admitted.event()));
        if (dispatcher.dispatch(admitted.event())) {
            accepted.increment();
            return Offer.ACCEPTED;
        }
        admission.undo(admitted);
        refused.increment();
        // Another source may have been told "duplicate" meanwhile, so the refusal alone brings nothing back.
        if (event instanceof ConversationScoped scoped) {
            reconciliation.lost(scoped.conversationSid(), event.type());
        }
        return closed ? Offer.CLOSED : Offer.REFUSED;
    }

    /**
     * Adds a part of the library that keeps state by events. It sees every event before the hooks do, on the thread of the
     * source: it must be quick and must not block. An event that the hooks have no room for is seen again when it is
     * offered again.
     *
     * @param observer called with each event; what it throws is logged and goes no further
     */
    public void observe(Consumer<? super ConversationsEvent> observer) {
        observers.add(observer);
    }

    private static void observe(Consumer<? super ConversationsEvent> observer, ConversationsEvent event) {
        try {
            observer.accept(event);
        } catch (RuntimeException e) {
            LOG.error("the library could not follow a {} event", event.type(), e);
        }
    }

    @Override
    public void markIncomplete(String conversationSid) {
        reconciliation.lost(conversationSid, null);
    }

    /**
     * Begins to compare what is marked with Twilio.
     *
     * @param reconciler how
     */
    public void reconcileWith(Reconciler reconciler) {
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

    /** Takes no more events. Does not block. */
    public void close() {
        closed = true;
        reconciliation.close();
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
        return new Counts(accepted.sum(), duplicates.sum(), refused.sum());
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
