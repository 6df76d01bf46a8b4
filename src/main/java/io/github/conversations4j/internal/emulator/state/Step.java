package io.github.conversations4j.internal.emulator.state;

import java.util.function.Supplier;

/**
 * A command that was found to be possible: what it will change, and the work that does it. Both belong to the moment and
 * the lock under which they were made.
 *
 * @param proposal the change as a {@link Gate} sees it
 * @param work carries it out and records it; must not fail
 * @param <R> what the caller gets
 */
record Step<R>(Change proposal, Supplier<R> work) {}
