package io.github.conversations4j.source;

import io.github.conversations4j.Scheduler;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a client lends to its sources.
 *
 * @param sink where events go
 * @param clock what time it is
 * @param scheduler runs things later
 * @param random the chance in jitter
 * @param executor runs blocking work of the source; owned by the client
 */
public record SourceContext(
        Sink sink, InstantSource clock, Scheduler scheduler, RandomGenerator random, Executor executor) {}
