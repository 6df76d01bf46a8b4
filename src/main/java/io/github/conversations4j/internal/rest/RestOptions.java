package io.github.conversations4j.internal.rest;

import io.github.conversations4j.WriteLimits;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * How REST calls are made. Immutable.
 *
 * @param baseUrl the one server that stands for all of Twilio's hosts; null for Twilio itself
 * @param httpClient the caller's client, whose connections, proxy and interceptors are used and which is never closed;
 *     null for one of our own
 * @param attemptTimeout how long one sending may take, from its first byte to the last of the answer
 * @param callTimeout how long a call may take with everything: queue, repeats and the waits between them
 * @param maxConcurrent how many calls may be under way at once; more wait in line
 * @param maxRepeats how often a read is sent again after a failure, and a write after it was refused for its rate
 * @param maxAnswerBytes the largest answer, unpacked
 * @param webhooks whether writes ask Twilio to send webhooks
 * @param writeLimits how fast writes may go out
 */
public record RestOptions(
        @Nullable String baseUrl,
        @Nullable OkHttpClient httpClient,
        Duration attemptTimeout,
        Duration callTimeout,
        int maxConcurrent,
        int maxRepeats,
        int maxAnswerBytes,
        boolean webhooks,
        WriteLimits writeLimits) {
    /** Refuses what can not work. */
    public RestOptions {
        positive("attempt timeout", attemptTimeout);
        positive("call timeout", callTimeout);
        if (attemptTimeout.compareTo(callTimeout) > 0) {
            throw new IllegalArgumentException("attempt timeout (" + attemptTimeout
                    + ") must not be longer than call timeout (" + callTimeout + "), which holds all attempts");
        }
        atLeast("max concurrent", maxConcurrent, 1);
        atLeast("max repeats", maxRepeats, 0);
        atLeast("max answer bytes", maxAnswerBytes, 1024);
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + ": must be more than zero, was " + value);
        }
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": must be at least " + least + ", was " + value);
        }
    }

    /**
     * Starts a builder with the defaults: Twilio itself, 15 s for an attempt, 60 s for a call, 32 calls at once, 4
     * repeats, 32 MiB, webhooks on, the documented write limits.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link RestOptions}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String baseUrl;
        private @Nullable OkHttpClient httpClient;
        private Duration attemptTimeout = Duration.ofSeconds(15);
        private Duration callTimeout = Duration.ofSeconds(60);
        private int maxConcurrent = 32;
        private int maxRepeats = 4;
        private int maxAnswerBytes = 32 << 20;
        private boolean webhooks = true;
        private WriteLimits writeLimits = WriteLimits.documented();

        private Builder() {}

        /**
         * Sets the server that stands for all of Twilio's hosts.
         *
         * @param value scheme, host and port; null for Twilio itself
         * @return this
         */
        public Builder baseUrl(@Nullable String value) {
            this.baseUrl = value;
            return this;
        }

        /**
         * Sets the caller's client.
         *
         * @param value never closed; null for one of our own
         * @return this
         */
        public Builder httpClient(@Nullable OkHttpClient value) {
            this.httpClient = value;
            return this;
        }

        /**
         * Sets both time limits.
         *
         * @param attempt how long one sending may take
         * @param call how long a call may take with everything
         * @return this
         */
        public Builder timeouts(Duration attempt, Duration call) {
            this.attemptTimeout = attempt;
            this.callTimeout = call;
            return this;
        }

        /**
         * Sets how many calls may be under way at once.
         *
         * @param value at least 1
         * @return this
         */
        public Builder maxConcurrent(int value) {
            this.maxConcurrent = value;
            return this;
        }

        /**
         * Sets how often a failed call may be repeated.
         *
         * @param value 0 for never
         * @return this
         */
        public Builder maxRepeats(int value) {
            this.maxRepeats = value;
            return this;
        }

        /**
         * Sets the largest answer.
         *
         * @param value at least 1024
         * @return this
         */
        public Builder maxAnswerBytes(int value) {
            this.maxAnswerBytes = value;
            return this;
        }

        /**
         * Sets whether writes ask Twilio to send webhooks; without, hooks stay silent about them.
         *
         * @param value whether to ask
         * @return this
         */
        public Builder webhooks(boolean value) {
            this.webhooks = value;
            return this;
        }

        /**
         * Sets how fast writes may go out.
         *
         * @param value the limits
         * @return this
         */
        public Builder writeLimits(WriteLimits value) {
            this.writeLimits = value;
            return this;
        }

        /**
         * Builds the options.
         *
         * @return new options
         */
        public RestOptions build() {
            return new RestOptions(
                    baseUrl,
                    httpClient,
                    attemptTimeout,
                    callTimeout,
                    maxConcurrent,
                    maxRepeats,
                    maxAnswerBytes,
                    webhooks,
                    writeLimits);
        }
    }
}
