package io.github.conversations4j.internal.media;

import io.github.conversations4j.Scheduler;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What a client lends to its media side.
 *
 * @param filesPerMessage how many files a message can have
 * @param httpClient whose connections, proxy and interceptors are used, and which is never closed; null for one of our own
 * @param scheduler runs repeats
 * @param random the chance in back-off
 * @param executor completes what was asked for
 */
public record MediaOptions(
        int filesPerMessage,
        @Nullable OkHttpClient httpClient,
        Scheduler scheduler,
        RandomGenerator random,
        Executor executor) {}
