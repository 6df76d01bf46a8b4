package io.github.conversations4j.internal.emulator.faults;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The rules for one kind of thing. They are asked in the order in which they were made, and the first that strikes
 * decides. Thread-safe; costs nothing while there are none.
 *
 * @param <S> what they meet
 * @param <F> what happens
 */
public final class FaultRules<S, F> {
    private final List<FaultRule<S, F>> rules = new CopyOnWriteArrayList<>();

    FaultRules() {}

    /**
     * Lets the rules meet something.
     *
     * @param subject what they meet
     * @return what is to happen to it, or null for nothing
     */
    public @Nullable F strike(S subject) {
        for (FaultRule<S, F> rule : rules) {
            if (rule.strikes(subject)) {
                return rule.effect();
            }
        }
        return null;
    }

    /**
     * Says whether there are no rules, so that nobody has to describe what they would meet.
     *
     * @return whether there are none
     */
    public boolean none() {
        return rules.isEmpty();
    }

    void add(FaultRule<S, F> rule) {
        rules.add(rule);
    }

    void clear() {
        rules.clear();
    }
}
