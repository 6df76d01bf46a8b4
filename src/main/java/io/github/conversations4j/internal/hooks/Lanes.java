package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.internal.hooks.Lane.Unfinished;
import io.github.conversations4j.internal.hooks.Lane.Work;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.time.Surroundings;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes that have work, and the limits on it. Thread-safe; the lock of a lane is never held while work is done.
 */
final class Lanes {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    /** The lane of events that belong to no conversation; no SID is empty. */
    static final String CLIENT = "";

    private final ConcurrentHashMap<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Executor executor;
    private final Surroundings surroundings;
    private final Function<Work, @Nullable CompletionStage<?>> performer;
    private final QueueLimits limits;

    // What was taken in and has not ended; raised before closed is read, so that close() cannot miss any.
    private final AtomicInteger pending = new AtomicInteger();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean closed;

    // Raised before hooks are taken away and interrupted, and read after each piece of work: what is cut short so does
    // not count as done. The second is about what sources told only.
    private volatile boolean abandoned;
    private volatile boolean sourcesAbandoned;

    // Whether work was refused because all lanes together were full.
    private volatile boolean turnedAway;
    private volatile Consumer<@Nullable String> roomListener = key -> {};

    /**
     * No lanes yet.
     *
     * @param performer does a piece of work and never throws; gives null when it has ended, else what completes, never
     *     exceptionally, when it has
     */
    Lanes(HookThreads threads, QueueLimits limits, Function<Work, @Nullable CompletionStage<?>> performer) {
        this.executor = threads.executor();
        this.surroundings = threads.surroundings();
        this.limits = limits;
        this.performer = performer;
    }

    static String keyOf(ConversationsEvent event) {
        return event instanceof ConversationScoped scoped ? scoped.conversationSid() : CLIENT;
    }

    /**
     * Puts work at the end of a lane and sees to it that the lane runs.
     *
     * @return whether there was room
     */
    boolean submit(String key, Work work) {
        return submit(key, work, limits);
    }

    /**
     * Puts work at the end of a lane.
     *
     * @return what starts the lane; null if there is no room
     */
    @Nullable
    Queued queue(String key, Work work) {
        return queue(key, work, limits);
    }

    /** Whether there is no work in a lane. */
    boolean isIdle(String key) {
        return !lanes.containsKey(key);
    }

    /** The same with limits of its own. */
    boolean submit(String key, Work work, QueueLimits limits) {
        Queued queued = queue(key, work, limits);
        return queued != null && queued.start();
    }

    private @Nullable Queued queue(String key, Work work, QueueLimits limits) {
        boolean room = pending.incrementAndGet() <= limits.total();
        if (!room) {
            turnedAway = true;
        }
        Queued queued = room && !closed && !isAbandoned(work) ? add(key, work, limits) : null;
        if (queued == null) {
            leave();
        }
        return queued;
    }

    /**
     * Says who is told when there is room again after work was refused.
     *
     * @param listener called, on the thread that made the room, with the key of the lane that has room; with null if all
     *     have
     */
    void onRoom(Consumer<@Nullable String> listener) {
        roomListener = listener;
    }

    void tellRoom(@Nullable String key) {
        if (!closed) {
            roomListener.accept(key);
        }
    }

    private @Nullable Queued add(String key, Work work, QueueLimits limits) {
        while (true) {
            Lane lane = lanes.get(key);
            if (lane == null) {
                Lane fresh = new Lane(key, this, work);
                lane = lanes.putIfAbsent(key, fresh);
                if (lane == null) {
                    return fresh;
                }
            }
            switch (lane.add(work, limits.perConversation())) {
                case ADDED -> {
                    return Queued.RUNNING;
                }
                case FULL -> {
                    return null;
                }
                case RETIRED -> retire(lane);
            }
        }
    }

    // Catches errors too, such as that no further thread can be made.
    boolean start(Lane lane) {
        try {
            executor.execute(lane);
            return true;
        } catch (Throwable e) {
            if (lane.withdraw()) {
                LOG.warn("the hook executor took no work, the event is refused", e);
                retire(lane);
                leave();
                return false;
            }
            // Others were told meanwhile that theirs is taken.
            executeLater(lane, HookThreads.PAUSES, e);
            return true;
        }
    }

    @Nullable
    CompletionStage<?> perform(Work work) {
        return isAbandoned(work) ? null : performer.apply(work);
    }

    /** Goes on with a lane that was suspended. */
    void execute(Lane lane) {
        execute(lane, HookThreads.PAUSES);
    }

    private void execute(Lane lane, Backoff pauses) {
        try {
            executor.execute(lane);
        } catch (Throwable e) {
            executeLater(lane, pauses, e);
        }
    }

    /** Nothing runs here: this may be a thread that reads from Twilio, or one that holds a lock. */
    private void executeLater(Lane lane, Backoff pauses, Throwable refusal) {
        if (abandoned) {
            // Calls nobody any more.
            lane.run();
            return;
        }
        if (pauses == HookThreads.PAUSES) {
            LOG.warn("the hook executor took no work, what was accepted before waits for it", refusal);
        }
        Backoff.Step step = pauses.next(surroundings.random());
        surroundings.scheduler().schedule(() -> execute(lane, step.then()), step.delay());
    }

    /**
     * Has a further step of the work that a lane is at done by the executor. The work must not end before the step.
     *
     * @return whether the executor takes it
     */
    boolean beside(String key, Runnable step) {
        Lane lane = Objects.requireNonNull(lanes.get(key), "a lane stays until its work has ended");
        try {
            executor.execute(() -> lane.beside(step));
            return true;
        } catch (Throwable e) {
            LOG.warn("the hook executor took no work, a hook that failed waits for it", e);
            return false;
        }
    }

    /**
     * Gives others a chance after a turn of a lane.
     *
     * @return whether the lane is to keep its thread, because the executor runs tasks on the spot or takes none
     */
    boolean keepThread(Lane lane) {
        Turn next = new Turn(lane, Thread.currentThread());
        try {
            executor.execute(next);
        } catch (Throwable e) {
            LOG.debug("the hook executor took no work, what was accepted before runs on {}", next.giver, e);
            return true;
        }
        return next.cameBack();
    }

    void retire(Lane lane) {
        lanes.remove(lane.key(), lane);
    }

    void ended(Work work) {
        if (!isAbandoned(work)) {
            done(work);
        }
        leave();
    }

    private static void done(Work work) {
        try {
            work.done().run();
        } catch (Throwable e) {
            LOG.error(
                    "what was to run after the hooks of {} failed", work.event().type(), e);
        }
    }

    private void leave() {
        int left = pending.decrementAndGet();
        if (left == 0 && closed) {
            drained.complete(null);
        }
        if (turnedAway && left <= limits.total() / 2) {
            turnedAway = false;
            tellRoom(null);
        }
    }

    int pending() {
        return pending.get();
    }

    /**
     * Takes no more work.
     *
     * @return completes when what was taken in has ended
     */
    CompletableFuture<Void> close() {
        closed = true;
        if (pending.get() == 0) {
            drained.complete(null);
        }
        return drained;
    }

    boolean isClosed() {
        return closed;
    }

    /** Gives up what has not ended: what waits is not done any more, and nothing counts as done. */
    void abandon() {
        abandoned = true;
    }

    /** The same for what sources told; they have no room any more. */
    void abandonSources() {
        sourcesAbandoned = true;
    }

    boolean isAbandoned(Work work) {
        return abandoned || sourcesAbandoned && !work.own();
    }

    /**
     * Interrupts every lane.
     *
     * @return what had begun and has not ended
     */
    List<Unfinished> interrupt() {
        return lanes.values().stream()
                .flatMap(lane -> lane.interrupt().stream())
                .toList();
    }

    boolean runsOn(Thread thread) {
        return lanes.values().stream().anyMatch(lane -> lane.runsOn(thread));
    }

    /** The next turn of a lane on its way through the executor. */
    private static final class Turn implements Runnable {
        private final Lane lane;
        private final Thread giver;

        // Read and written by the giver only.
        private boolean given;
        private boolean cameBack;

        Turn(Lane lane, Thread giver) {
            this.lane = lane;
            this.giver = giver;
        }

        // An executor that runs tasks on the spot would otherwise nest one turn in the other without end.
        @Override
        public void run() {
            if (Thread.currentThread() == giver && !given) {
                cameBack = true;
            } else {
                lane.run();
            }
        }

        boolean cameBack() {
            given = true;
            return cameBack;
        }
    }
}
