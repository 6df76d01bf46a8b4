package io.github.conversations4j.internal.chat;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.internal.time.SteadyTime;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * What a client lends to its chats.
 *
 * @param work runs what changes chats and what may block, such as the resolver; never what runs hooks, since a hook may
 *     wait for a chat
 * @param clock how time passes; nobody compares it with a date
 * @param scheduler runs things later
 * @param random the source of jitter
 * @param report is told what went wrong while nobody waits
 */
public record Surroundings(
        Executor work,
        InstantSource clock,
        Scheduler scheduler,
        RandomGenerator random,
        BiConsumer<String, Throwable> report) {
    /** What is known for a while is not to be known for longer because the clock is set back. */
    public Surroundings {
        clock = new SteadyTime(clock);
    }
}
