package io.github.conversations4j.internal.chat;

import io.github.conversations4j.Profile;
import io.github.conversations4j.ProfileResolver;
import io.github.conversations4j.internal.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of people, asked for in batches and kept for a while. Thread-safe; the resolver is called by one thread at a
 * time, never under the lock.
 *
 * <p>An identity is <em>waiting</em> from when somebody wants it until the resolver has answered for it. Whoever asks while
 * the resolver is at work waits for the next batch, which takes everybody who is waiting then. When the time limit is over
 * nobody waits any longer for that identity; an answer that still comes is kept for those who ask later.
 */
public final class Profiles {
    private final @Nullable ProfileResolver resolver;
    private final Limits limits;
    private final Surroundings surroundings;

    // Guarded by this.
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, CompletableFuture<@Nullable Optional<Profile>>> waiting = new HashMap<>();
    private final Set<String> next = new LinkedHashSet<>();
    private final Set<String> underWay = new HashSet<>();

    /** Those under way who have changed since they were asked for. */
    private final Set<String> stale = new HashSet<>();

    private boolean asking;

    /** What was told about somebody. */
    private record Known(Optional<Profile> profile, Instant until) {}

    /**
     * What is kept and for how long is waited.
     *
     * @param profiles how many are kept
     * @param batch how many identities are asked for at once
     * @param lifetime how long one is not asked for again
     * @param patience how long somebody waits for the resolver
     */
    public record Limits(int profiles, int batch, Duration lifetime, Duration patience) {}

    /**
     * Nobody is known yet.
     *
     * @param resolver knows them; null if nobody does
     * @param limits what is kept
     * @param surroundings the client
     */
    public Profiles(@Nullable ProfileResolver resolver, Limits limits, Surroundings surroundings) {
        this.resolver = resolver;
        this.limits = limits;
        this.surroundings = surroundings;
    }

    /**
     * Finds profiles.
     *
     * @param identities who
     * @return what the resolver has answered, which may be that somebody has none; those for whom it has failed or was too
     *     slow are left out. Never fails
     */
    public CompletionStage<Map<String, Optional<Profile>>> of(Set<String> identities) {
        if (resolver == null || identities.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        Map<String, CompletableFuture<@Nullable Optional<Profile>>> wanted = new HashMap<>();
        Map<String, CompletableFuture<@Nullable Optional<Profile>>> asked = new HashMap<>();
        boolean start;
        synchronized (this) {
            Instant now = surroundings.clock().instant();
            for (String identity : identities) {
                Known held = known.get(identity);
                if (held != null && now.isBefore(held.until())) {
                    wanted.put(identity, CompletableFuture.completedFuture(held.profile()));
                } else {
                    CompletableFuture<@Nullable Optional<Profile>> answer =
                            waiting.computeIfAbsent(identity, one -> new CompletableFuture<>());
                    wanted.put(identity, answer);
                    if (!next.contains(identity) && !underWay.contains(identity)) {
                        asked.put(identity, answer);
                    }
                }
            }
            next.addAll(asked.keySet());
            start = !asking && !next.isEmpty();
            asking |= start;
        }
        if (!asked.isEmpty()) {
            surroundings.scheduler().schedule(() -> giveUp(asked), limits.patience());
        }
        if (start) {
            startAsking(resolver);
        }
        return CompletableFuture.allOf(wanted.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> answers(wanted));
    }

    /** How long an answer holds. */
    Duration lifetime() {
        return limits.lifetime();
    }

    private void startAsking(ProfileResolver knowing) {
        try {
            surroundings.work().execute(() -> askAll(knowing));
        } catch (RejectedExecutionException e) {
            // The client is closing: nobody is to wait in vain.
            for (Set<String> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
                take(batch).forEach(one -> one.complete(null));
            }
        }
    }

    private static Map<String, Optional<Profile>> answers(
            Map<String, CompletableFuture<@Nullable Optional<Profile>>> wanted) {
        Map<String, Optional<Profile>> answers = new HashMap<>();
        wanted.forEach((identity, answer) -> {
            Optional<Profile> known = answer.join();
            if (known != null) {
                answers.put(identity, known);
            }
        });
        return answers;
    }

    /** Those of the answers that are profiles. */
    static Map<String, Profile> found(Map<String, Optional<Profile>> answers) {
        Map<String, Profile> found = new HashMap<>();
        answers.forEach((identity, answer) -> answer.ifPresent(profile -> found.put(identity, profile)));
        return found;
    }

    /** Asks until nobody is waiting for a next batch. */
    private void askAll(ProfileResolver knowing) {
        for (Set<String> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
            try {
                answered(batch, Map.copyOf(knowing.resolve(batch)));
            } catch (Throwable e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                surroundings
                        .report()
                        .accept(
                                "the profile resolver has failed for " + batch.size()
                                        + " people, who are shown by their ids",
                                e);
                take(batch).forEach(one -> one.complete(null));
            }
        }
    }

    private synchronized Set<String> nextBatch() {
        Set<String> batch = new LinkedHashSet<>();
        for (Iterator<String> it = next.iterator(); it.hasNext() && batch.size() < limits.batch(); ) {
            batch.add(it.next());
            it.remove();
        }
        underWay.clear();
        underWay.addAll(batch);
        stale.clear();
        asking = !batch.isEmpty();
        return batch;
    }

    private void answered(Set<String> batch, Map<String, Profile> profiles) {
        Map<String, CompletableFuture<@Nullable Optional<Profile>>> waited = new HashMap<>();
        synchronized (this) {
            Instant until = Deadline.end(surroundings.clock().instant(), limits.lifetime());
            for (String identity : batch) {
                if (stale.contains(identity)) {
                    if (waiting.containsKey(identity)) {
                        next.add(identity);
                    }
                    continue;
                }
                known.put(identity, new Known(Optional.ofNullable(profiles.get(identity)), until));
                CompletableFuture<@Nullable Optional<Profile>> one = waiting.remove(identity);
                if (one != null) {
                    waited.put(identity, one);
                }
            }
            for (Iterator<?> oldest = known.keySet().iterator(); known.size() > limits.profiles(); ) {
                oldest.next();
                oldest.remove();
            }
        }
        waited.forEach((identity, one) -> one.complete(Optional.ofNullable(profiles.get(identity))));
    }

    private void giveUp(Map<String, CompletableFuture<@Nullable Optional<Profile>>> asked) {
        List<CompletableFuture<@Nullable Optional<Profile>>> waited = new ArrayList<>();
        synchronized (this) {
            asked.forEach((identity, one) -> {
                if (waiting.remove(identity, one)) {
                    waited.add(one);
                }
            });
        }
        if (!waited.isEmpty()) {
            surroundings
                    .report()
                    .accept(
                            "the profile resolver is too slow for " + waited.size()
                                    + " people, who are shown by their ids",
                            new TimeoutException("no answer within " + limits.patience()));
            waited.forEach(one -> one.complete(null));
        }
    }

    private synchronized List<CompletableFuture<@Nullable Optional<Profile>>> take(Set<String> identities) {
        List<CompletableFuture<@Nullable Optional<Profile>>> taken = new ArrayList<>();
        for (String identity : identities) {
            CompletableFuture<@Nullable Optional<Profile>> one = waiting.remove(identity);
            if (one != null) {
                taken.add(one);
            }
        }
        return taken;
    }

    /**
     * Lets go what is known of somebody who has changed.
     *
     * @param identity who
     */
    public synchronized void forget(String identity) {
        known.remove(identity);
        if (underWay.contains(identity)) {
            // What is about to be answered may be older than the change.
            stale.add(identity);
        }
    }
}
