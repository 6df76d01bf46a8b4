package io.github.conversations4j.internal.chat;

import io.github.conversations4j.Scheduler;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * What a client lends to its chats.
 *
 * @param hooks runs what changes chats and tells hooks; must not refuse
 * @param blocking runs what may block
 * @param clock what time it is
 * @param scheduler runs things later
 * @param report is told what went wrong while nobody waits
 */
public record Surroundings(
        Executor hooks,
        Executor blocking,
        InstantSource clock,
        Scheduler scheduler,
        BiConsumer<String, Throwable> report) {}
