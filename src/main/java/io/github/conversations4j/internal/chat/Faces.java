package io.github.conversations4j.internal.chat;

import io.github.conversations4j.Profile;
import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.internal.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of the people that one list or chat shows. Confined to its mailbox.
 *
 * <p>Somebody is <em>strange</em>; <em>asked for</em>; then <em>answered for</em>, be it that there is no profile, until
 * that is too old and they are asked for again when they are shown next; or <em>unanswered</em>, since the resolver has
 * failed or was too slow: they are asked for again with growing pauses.
 */
final class Faces {
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), 0.2);

    private final Profiles profiles;
    private final Mailbox mailbox;
    private final Surroundings surroundings;
    private final Consumer<Set<String>> met;
    private final Map<String, Profile> known = new HashMap<>();

    /** Until when it is known of whom whether there is a profile; for ever for whoever is being asked for. */
    private final Map<String, Instant> answered = new HashMap<>();

    private final Set<String> unanswered = new HashSet<>();
    private Backoff pauses = PAUSES;
    private @Nullable Cancellable timer;
    private boolean closed;

    /**
     * Nobody is known yet.
     *
     * @param met is told whose profiles may have changed
     */
    Faces(Profiles profiles, Mailbox mailbox, Surroundings surroundings, Consumer<Set<String>> met) {
        this.profiles = profiles;
        this.mailbox = mailbox;
        this.surroundings = surroundings;
        this.met = met;
    }

    People people() {
        return new People(known);
    }

    void learn(Set<String> people, Map<String, Optional<Profile>> answers) {
        Instant until = Deadline.end(surroundings.clock().instant(), profiles.lifetime());
        for (String who : people) {
            Optional<Profile> answer = answers.get(who);
            if (answer == null) {
                answered.remove(who);
                unanswered.add(who);
            } else {
                answered.put(who, until);
                unanswered.remove(who);
                known.remove(who);
                answer.ifPresent(profile -> known.put(who, profile));
            }
        }
        if (unanswered.isEmpty()) {
            pauses = PAUSES;
        } else {
            askAgainLater();
        }
    }

    private void askAgainLater() {
        if (timer == null && !closed) {
            Backoff.Step step = pauses.next(surroundings.random());
            pauses = step.then();
            timer = surroundings.scheduler().schedule(() -> mailbox.post(this::askAgain), step.delay());
        }
    }

    private void askAgain() {
        timer = null;
        if (!closed) {
            Set<String> again = Set.copyOf(unanswered);
            unanswered.clear();
            meet(again);
        }
    }

    /** Asks for those of whom nothing is known, or not any more. */
    void meet(Set<String> people) {
        Instant now = surroundings.clock().instant();
        Set<String> strangers = new HashSet<>();
        for (String who : people) {
            Instant until = answered.get(who);
            if (!unanswered.contains(who) && (until == null || !now.isBefore(until))) {
                strangers.add(who);
            }
        }
        if (!strangers.isEmpty() && !closed) {
            strangers.forEach(who -> answered.put(who, Instant.MAX));
            profiles.of(strangers)
                    .thenAccept(answers -> mailbox.post(() -> {
                        learn(strangers, answers);
                        met.accept(strangers);
                    }));
        }
    }

    /** Asks for those again of whom it was answered too long ago. */
    void refresh() {
        meet(Set.copyOf(answered.keySet()));
    }

    /** Somebody may be called otherwise now. */
    void changed(String who) {
        profiles.forget(who);
        if (answered.remove(who) != null) {
            meet(Set.of(who));
        }
    }

    /** Asks for nobody any more. */
    void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
