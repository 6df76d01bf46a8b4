package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.delivery.Admission.Admitted;
import io.github.conversations4j.internal.delivery.Reconciler.Reason;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.hooks.Queued;
import io.github.conversations4j.model.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where events leave for their hooks: what was delivered before is dropped, parts of the library are shown the rest, and it
 * is queued. Thread-safe; no hook is called here.
 */
final class Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    private static final int REMEMBERED_RESOURCES = 50_000;
    private static final long REMEMBERED_CHARACTERS = 16_000_000;

    private final Dispatcher dispatcher;
    private final Reconciliation reconciliation;
    private final @Nullable Cursors cursors;
    private final Admission admission = new Admission(new ResourceMemory(REMEMBERED_RESOURCES, REMEMBERED_CHARACTERS));
    private final List<BiConsumer<ConversationsEvent, Consumer<Runnable>>> observers = new CopyOnWriteArrayList<>();
    private final LongAdder accepted = new LongAdder();

    /**
     * Nothing has left.
     *
     * @param dispatcher the way to the hooks
     * @param reconciliation has compared what is doubtful
     * @param cursors are told what hooks have taken; null if that is not kept
     */
    Outlet(Dispatcher dispatcher, Reconciliation reconciliation, @Nullable Cursors cursors) {
        this.dispatcher = dispatcher;
        this.reconciliation = reconciliation;
        this.cursors = cursors;
    }

    /** Adds somebody who sees every event before the hooks do. */
    void observe(BiConsumer<ConversationsEvent, Consumer<Runnable>> observer) {
        observers.add(observer);
    }

    /** How many events have left. */
    long accepted() {
        return accepted.sum();
    }

    /** Whether hooks were called with the removal of a message, and never with the message. */
    boolean isRemovedUntold(Message message) {
        return admission.isRemovedUntold(message);
    }

    boolean isOver(String conversationSid) {
        return admission.isOver(conversationSid);
    }

    /** Decides about an event; null if it was delivered before. */
    @Nullable
    Admitted admit(ConversationsEvent event) {
        return admission.admit(event);
    }

    /**
     * Queues an event that was admitted.
     *
     * @param deliveredTo when hooks have taken it, they have taken all messages up to this index; -1 if that tells nothing
     * @param later takes what observers have to do when no lock is held
     * @return what is to be started once no lock is held; null if there is no room, and then it was not admitted
     */
    @Nullable
    Queued queue(Admitted admitted, int deliveredTo, Consumer<Runnable> later) {
        ConversationsEvent event = admitted.event();
        observed(event, later);
        Queued queued = dispatcher.queue(event, whenTaken(event, deliveredTo));
        if (queued == null) {
            admission.undo(admitted);
        } else {
            accepted.increment();
        }
        return queued;
    }

    private void observed(ConversationsEvent event, Consumer<Runnable> later) {
        for (BiConsumer<ConversationsEvent, Consumer<Runnable>> observer : observers) {
            follow(() -> observer.accept(event, later));
        }
    }

    /** Does what a part of the library does with an event. */
    static void follow(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("the library could not follow an event", e);
        }
    }

    private @Nullable Runnable whenTaken(ConversationsEvent event, int deliveredTo) {
        Cursors kept = cursors;
        if (kept == null) {
            return null;
        } else if (event instanceof ConversationRemoved removed) {
            return () -> kept.ended(removed.conversationSid());
        } else if (deliveredTo >= 0 && event instanceof MessageAdded added) {
            return () -> kept.taken(added.conversationSid(), deliveredTo);
        }
        return null;
    }

    /** An event that was queued has not been taken after all. */
    void takeBack(Admitted admitted) {
        accepted.decrement();
        admission.undo(admitted);
    }

    /** An event says that it is older than what was delivered: Twilio is asked for the present state. */
    void doubt(ConversationsEvent event) {
        if (event instanceof ConversationScoped scoped) {
            reconciliation.request(scoped.conversationSid(), Reason.INCOMPLETE);
        }
    }

    /** What the client tells itself. */
    Announcements announcements() {
        return reconciliation.announcements();
    }
}
