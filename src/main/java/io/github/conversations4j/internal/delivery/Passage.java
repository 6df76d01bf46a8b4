package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.delivery.Admission.Admitted;
import io.github.conversations4j.internal.hooks.Queued;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.source.Sink.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The gate for one turn: lanes that got work are started, and what was missed is told, at its end. Confined to the thread
 * of the turn.
 */
final class Passage implements Gate {
    private final Outlet outlet;
    private final Consumer<ConversationsEvent> takenBack;

    // Nearly always at most one lane is to be started.
    private @Nullable Queued lane;
    private @Nullable Admitted first;
    private @Nullable List<Runnable> more;

    /** What observers have to do when no lock is held. */
    private @Nullable List<Runnable> observed;

    private boolean isTakenBack;

    // What was missed and not told yet.
    private @Nullable String missedIn;
    private int missedFrom;
    private int missedTo;

    /**
     * Begins a turn.
     *
     * @param takenBack is told, without a lock, of events that had gone on and were not taken after all
     */
    Passage(Outlet outlet, Consumer<ConversationsEvent> takenBack) {
        this.outlet = outlet;
        this.takenBack = takenBack;
    }

    @Override
    public Offer pass(ConversationsEvent event) {
        return admit(event, -1);
    }

    @Override
    public Offer pass(MessageAdded event, int deliveredTo) {
        return admit(event, deliveredTo);
    }

    @Override
    public boolean isRemovedUntold(Message message) {
        return outlet.isRemovedUntold(message);
    }

    @Override
    public boolean isOver(String conversationSid) {
        return outlet.isOver(conversationSid);
    }

    private Offer admit(ConversationsEvent event, int deliveredTo) {
        if (isTooLate(event)) {
            return Offer.DUPLICATE;
        }
        Admitted admitted = outlet.admit(event);
        if (admitted == null) {
            return Offer.DUPLICATE;
        }
        if (admitted.doubtful()) {
            after(() -> outlet.doubt(event));
            return Offer.DUPLICATE;
        }
        Queued queued = outlet.queue(admitted, deliveredTo, this::before);
        if (queued == null) {
            return Offer.REFUSED;
        }
        if (queued != Queued.RUNNING) {
            toStart(queued, admitted);
        }
        return Offer.ACCEPTED;
    }

    /** Nothing of a conversation is told after its end, until it comes back. */
    private boolean isTooLate(ConversationsEvent event) {
        return event instanceof ConversationScoped scoped
                && !(event instanceof ConversationAdded)
                && !(event instanceof ConversationRemoved)
                && isOver(scoped.conversationSid());
    }

    private void toStart(Queued queued, Admitted admitted) {
        if (lane == null) {
            lane = queued;
            first = admitted;
        } else {
            after(() -> start(queued, admitted));
        }
    }

    @Override
    public void missed(String conversationSid, int from, int to) {
        if (missedIn != null && from == missedTo + 1) {
            missedTo = to;
        } else {
            tellMissed();
            missedIn = conversationSid;
            missedFrom = from;
            missedTo = to;
        }
    }

    @Override
    public void missed(String conversationSid, Set<EventType<?>> types) {
        if (!types.isEmpty()) {
            after(() -> outlet.announcements().missed(conversationSid, types));
        }
    }

    private void tellMissed() {
        String conversationSid = missedIn;
        if (conversationSid != null) {
            int from = missedFrom;
            int to = missedTo;
            after(() -> outlet.announcements().missed(conversationSid, from, to));
        }
    }

    @Override
    public void after(Runnable action) {
        if (more == null) {
            more = new ArrayList<>();
        }
        more.add(action);
    }

    private void before(Runnable action) {
        if (observed == null) {
            observed = new ArrayList<>();
        }
        observed.add(action);
    }

    @Override
    public Offer end(Offer offer) {
        if (observed != null) {
            // First: a hook may wait for what they tell.
            observed.forEach(Outlet::follow);
        }
        tellMissed();
        if (lane != null && first != null) {
            start(lane, first);
        }
        if (more != null) {
            more.forEach(Runnable::run);
        }
        return isTakenBack ? Offer.REFUSED : offer;
    }

    private void start(Queued queued, Admitted admitted) {
        if (!queued.start()) {
            isTakenBack = true;
            outlet.takeBack(admitted);
            takenBack.accept(admitted.event());
        }
    }
}
