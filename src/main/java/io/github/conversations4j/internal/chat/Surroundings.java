package io.github.conversations4j.internal.chat;

import io.github.conversations4j.Scheduler;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * What a client lends to its chats.
 *
 * @param work runs what changes chats and what may block, such as the resolver; never what runs hooks, since a hook may
 *     wait for a chat
 * @param clock what time it is
 * @param scheduler runs things later
 * @param random the source of jitter
 * @param report is told what went wrong while nobody waits
 */
public record Surroundings(
        Executor work,
        InstantSource clock,
        Scheduler scheduler,
        RandomGenerator random,
        BiConsumer<String, Throwable> report) {}
