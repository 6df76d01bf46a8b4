package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.internal.hooks.Lane.Work;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lanes that have work, and the limits on it. Thread-safe; the lock of a lane is never held while work is done.
 */
final class Lanes {
    /** The lane of events that belong to no conversation; no SID is empty. */
    static final String CLIENT = "";

    private final ConcurrentHashMap<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Executor executor;
    private final Function<Work, @Nullable CompletionStage<?>> performer;
    private final QueueLimits limits;

    // What was taken in and has not ended; raised before closed is read, so that close() cannot miss any.
    private final AtomicInteger pending = new AtomicInteger();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean closed;

    Lanes(Executor executor, QueueLimits limits, Function<Work, @Nullable CompletionStage<?>> performer) {
        this.executor = executor;
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

    /** The same with limits of its own. */
    boolean submit(String key, Work work, QueueLimits limits) {
        if (pending.incrementAndGet() > limits.total() || closed) {
            ended();
            return false;
        }
        while (true) {
            Lane lane = lanes.get(key);
            if (lane == null) {
                Lane fresh = new Lane(key, this, work);
                lane = lanes.putIfAbsent(key, fresh);
                if (lane == null) {
                    execute(fresh);
                    return true;
                }
            }
            switch (lane.add(work, limits.perConversation())) {
                case ADDED -> {
                    return true;
                }
                case FULL -> {
                    ended();
                    return false;
                }
                case RETIRED -> lanes.remove(key, lane);
            }
        }
    }

    @Nullable
    CompletionStage<?> perform(Work work) {
        CompletionStage<?> stage = performer.apply(work);
        return stage == null || stage.toCompletableFuture().isDone() ? null : stage;
    }

    void execute(Lane lane) {
        try {
            executor.execute(lane);
        } catch (RejectedExecutionException e) {
            // The application shut its executor down under us: its work would be lost, so it runs here.
            lane.run();
        }
    }

    void retire(Lane lane) {
        lanes.remove(lane.key(), lane);
    }

    void ended() {
        if (pending.decrementAndGet() == 0 && closed) {
            drained.complete(null);
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

    /** The lanes whose work has begun and not ended. */
    List<Lane> busy() {
        return lanes.values().stream().filter(lane -> lane.current() != null).toList();
    }

    boolean runsOn(Thread thread) {
        return lanes.values().stream().anyMatch(lane -> lane.runsOn(thread));
    }
}
