package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.Scheduler;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What the client lends to its delivery.
 *
 * @param clock what time it is
 * @param scheduler runs things later
 * @param random the chance in jitter
 */
public record Surroundings(InstantSource clock, Scheduler scheduler, RandomGenerator random) {}
