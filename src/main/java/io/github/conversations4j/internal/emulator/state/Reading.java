package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Up to where somebody has read. Immutable.
 *
 * @param index the index of the last read message; null for nothing read
 * @param at when that was; null for now
 */
public record Reading(@Nullable Long index, @Nullable Instant at) {}
