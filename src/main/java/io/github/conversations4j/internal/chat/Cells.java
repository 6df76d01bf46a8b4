package io.github.conversations4j.internal.chat;

import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.internal.time.Deadline;
import io.github.conversations4j.internal.time.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Something about each of many conversations that is read once and then kept right by events; what was used longest ago is
 * let go first. Bounded in weight and in age. Thread-safe; nothing is read under the lock.
 *
 * <p>A cell is <em>loading</em> until it was read, and keeps the events of that time, because what is read may be older than
 * they are; they are applied to it then. From then on it is <em>held</em>. A cell that could not be read, whose conversation
 * is gone, or that was let go, is as if it had never been.
 *
 * @param <S> what is kept, immutable; applying an event to it that it knows already changes nothing
 */
final class Cells<S> {
    private final Limits limits;
    private final ToIntFunction<S> weigh;
    private final BiFunction<S, ConversationScoped, S> after;
    private final InstantSource clock;

    // Guarded by itself, as is the weight. What was asked for longest ago comes first; what only happens is no use.
    private final Map<String, Cell<S>> cells = new LinkedHashMap<>();
    private long weight;

    /**
     * What may be kept.
     *
     * @param weight how much in all; 0 for nothing
     * @param age how long after it was read
     */
    record Limits(long weight, Duration age) {}

    Cells(Limits limits, ToIntFunction<S> weigh, BiFunction<S, ConversationScoped, S> after, InstantSource clock) {
        this.limits = limits;
        this.weigh = weigh;
        this.after = after;
        this.clock = new SteadyTime(clock);
    }

    /**
     * Gives what is held of a conversation, or reads it. Several who ask at the same time share one reading.
     *
     * @param enough whether what is held will do
     * @param read reads it
     */
    CompletionStage<S> get(String sid, Predicate<S> enough, Supplier<? extends CompletionStage<S>> read) {
        if (limits.weight() == 0) {
            return read.get();
        }
        Cell<S> made = new Cell<>(Deadline.end(clock.instant(), limits.age()));
        CompletionStage<S> underWay = null;
        synchronized (cells) {
            Cell<S> known = cells.remove(sid);
            S held = known == null || !clock.instant().isBefore(known.until) ? null : known.state;
            if (known != null && (known.isLoading() || held != null && enough.test(held))) {
                cells.put(sid, known);
                underWay = held == null ? known.read : CompletableFuture.completedFuture(held);
            } else {
                weight -= known == null ? 0 : known.weight;
                cells.put(sid, made);
            }
        }
        if (underWay == null) {
            read.get().whenComplete((state, failure) -> loaded(sid, made, state, failure));
            return made.read;
        }
        // What somebody else is reading may be less than is wanted here.
        return underWay.thenCompose(
                state -> enough.test(state) ? CompletableFuture.completedFuture(state) : get(sid, enough, read));
    }

    private void loaded(String sid, Cell<S> cell, @Nullable S state, @Nullable Throwable failure) {
        if (state == null || failure != null) {
            synchronized (cells) {
                cells.remove(sid, cell);
            }
            cell.read.completeExceptionally(failure == null ? new IllegalStateException("nothing was read") : failure);
            return;
        }
        S now = state;
        synchronized (cells) {
            for (ConversationScoped event : cell.early) {
                now = after.apply(now, event);
            }
            cell.early.clear();
            if (cells.get(sid) == cell) {
                hold(cell, now);
            }
        }
        cell.read.complete(now);
    }

    private void hold(Cell<S> cell, S state) {
        int before = cell.weight;
        cell.state = state;
        cell.weight = weigh.applyAsInt(state);
        weight += cell.weight - before;
        Iterator<Map.Entry<String, Cell<S>>> oldest = cells.entrySet().iterator();
        while (weight > limits.weight() && oldest.hasNext()) {
            Cell<S> let = oldest.next().getValue();
            if (!let.isLoading()) {
                weight -= let.weight;
                oldest.remove();
            }
        }
    }

    /** Keeps up with what happened. */
    void observe(ConversationScoped event) {
        synchronized (cells) {
            Cell<S> cell = cells.isEmpty() ? null : cells.get(event.conversationSid());
            if (cell == null) {
                return;
            }
            if (event instanceof ConversationRemoved) {
                forget(event.conversationSid());
            } else if (cell.state == null) {
                cell.early.add(event);
            } else {
                hold(cell, after.apply(cell.state, event));
            }
        }
    }

    /** Lets go what is held of a conversation. */
    void forget(String sid) {
        synchronized (cells) {
            Cell<S> cell = cells.remove(sid);
            weight -= cell == null ? 0 : cell.weight;
        }
    }

    /** Guarded by the map that it is in, but for the stage. */
    private static final class Cell<S> {
        final Instant until;
        final CompletableFuture<S> read = new CompletableFuture<>();
        final List<ConversationScoped> early = new ArrayList<>(0);

        @Nullable
        S state;

        int weight;

        Cell(Instant until) {
            this.until = until;
        }

        boolean isLoading() {
            return state == null;
        }
    }
}
