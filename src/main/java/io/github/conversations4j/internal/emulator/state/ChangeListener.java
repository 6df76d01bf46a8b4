package io.github.conversations4j.internal.emulator.state;

/**
 * Watches what happens. Called in commit order, one change at a time, on whichever thread committed first and outside
 * every lock; it may call commands, whose changes follow. It must hand over anything that takes time, because every
 * other listener waits for it. What it throws is logged and stops nobody.
 */
@FunctionalInterface
public interface ChangeListener {
    /**
     * Takes one change.
     *
     * @param change what happened
     */
    void onChange(Change change);
}
