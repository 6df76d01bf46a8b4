package io.github.conversations4j.internal.time;

import io.github.conversations4j.Scheduler;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What a client lends to its parts.
 *
 * @param clock what time it is
 * @param scheduler runs things later
 * @param random the chance in jitter
 */
public record Surroundings(InstantSource clock, Scheduler scheduler, RandomGenerator random) {}
