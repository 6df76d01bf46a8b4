package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The reading of a whole page by page, which may begin anew before it has come to its end: whose pages count, and what was
 * known before and is on none of them. Confined to the session's lock.
 */
final class Rereading {
    /** How soon a page that cannot be read is asked for again: what it belongs to is of no use without it. */
    static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), 0.2);

    private final Set<String> unseen = new HashSet<>();
    private int round;

    /** Begins anew: the pages of former rounds count no more. What is known now is gone if no page shows it. */
    void begin(Collection<String> known) {
        round++;
        unseen.addAll(known);
    }

    /** The number of this round, to be compared when a page has come. */
    int round() {
        return round;
    }

    boolean isCurrent(int someRound) {
        return round == someRound;
    }

    /** A page has shown it, or news of it came. */
    void saw(String key) {
        unseen.remove(key);
    }

    /** Ends: what was known before and not seen again. */
    List<String> rest() {
        List<String> rest = List.copyOf(unseen);
        unseen.clear();
        return rest;
    }
}
