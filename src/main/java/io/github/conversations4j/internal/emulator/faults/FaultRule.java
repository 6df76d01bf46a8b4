package io.github.conversations4j.internal.emulator.faults;

import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * One rule: what it is meant for, how often it strikes, and what happens then. Whether it strikes the n-th thing that it
 * meets depends on its generator alone, so a seed repeats it. Thread-safe.
 *
 * @param <S> what it meets
 * @param <F> what happens
 */
final class FaultRule<S, F> {
    private final String description;
    private final Predicate<S> aim;
    private final Odds odds;
    private final F effect;

    // Guarded by this.
    private final RandomGenerator chance;
    private long met;
    private long struck;

    FaultRule(String description, Predicate<S> aim, Odds odds, F effect, RandomGenerator chance) {
        this.description = description;
        this.aim = aim;
        this.odds = odds;
        this.effect = effect;
        this.chance = chance;
    }

    boolean strikes(S subject) {
        return aim.test(subject) && draws();
    }

    private synchronized boolean draws() {
        if (struck == odds.most()) {
            return false;
        }
        met++;
        boolean strikes = chance.nextDouble() < odds.share();
        if (strikes) {
            struck++;
        }
        return strikes;
    }

    F effect() {
        return effect;
    }

    synchronized FaultReport report() {
        return new FaultReport(description, met, struck);
    }
}
