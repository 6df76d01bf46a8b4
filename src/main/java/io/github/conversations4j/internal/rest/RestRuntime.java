package io.github.conversations4j.internal.rest;

import io.github.conversations4j.Scheduler;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a client lends to its REST side.
 *
 * @param clock what time it is
 * @param scheduler runs repeats and time limits
 * @param random the chance in back-off; only used by one thread at a time
 * @param executor completes what was asked for, so that no dependent runs on a thread that reads answers
 */
public record RestRuntime(InstantSource clock, Scheduler scheduler, RandomGenerator random, Executor executor) {}
