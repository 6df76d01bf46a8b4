package io.github.conversations4j.internal.poll;

import java.time.Duration;

/**
 * How often a list is read that may be quiet for long: as often as wanted while something happens, and more and more
 * seldom while not. Immutable.
 *
 * @param quickest the period while something happens
 * @param slowest the period after a long silence
 * @param now the period now
 */
record Tempo(Duration quickest, Duration slowest, Duration now) {
    static Tempo from(Duration quickest, int slower) {
        return new Tempo(quickest, quickest.multipliedBy(slower), quickest);
    }

    /** The tempo after a reading. */
    Tempo after(boolean somethingHappened) {
        if (somethingHappened) {
            return new Tempo(quickest, slowest, quickest);
        }
        Duration longer = now.plus(now.dividedBy(4));
        return new Tempo(quickest, slowest, longer.compareTo(slowest) < 0 ? longer : slowest);
    }
}
