package io.github.conversations4j.tests;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.EmulatorOptions;
import io.github.conversations4j.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The time of an emulator and of clients on it, moved by hand in small steps: it stands still while calls and webhooks are
 * under way, so that a slow machine makes hardly anything later. Hardly: a thread that loses its processor between two calls,
 * for longer than calm is waited for, lets time go on. Leave a margin of seconds. Confined to one thread.
 */
public final class CalmTime implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(50);
    /** So long nobody makes a call before it counts as calm: threads may be between one and the next. */
    private static final long CALM_MILLIS = 2;

    public final ManualTime time = new ManualTime();
    private final CallCounter calls = new CallCounter();
    private final CountDownLatch never = new CountDownLatch(1);
    private final ConversationsEmulator twilio;

    /** Starts the emulator, which whoever makes this closes. */
    public CalmTime(EmulatorOptions.Builder emulator) {
        this.twilio =
                ConversationsEmulator.start(emulator.clock(time).scheduler(time).build());
    }

    public ConversationsEmulator twilio() {
        return twilio;
    }

    /** Begins the options of a back end in this time. */
    public ClientOptions.Builder backendOptions() {
        return twilio.backendOptions().clock(time).scheduler(time).httpClient(calls.client());
    }

    /**
     * Moves time until something holds, or the limit is over: who calls says what is wrong then.
     *
     * @return how long it took in this time
     */
    public Duration until(Duration limit, BooleanSupplier condition) {
        Instant start = time.instant();
        becomeCalm();
        while (!condition.getAsBoolean() && passed(start).compareTo(limit) < 0) {
            time.advance(STEP);
            becomeCalm();
        }
        return passed(start);
    }

    private Duration passed(Instant start) {
        return Duration.between(start, time.instant());
    }

    /** Waits until nobody calls anybody. */
    public void becomeCalm() {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        boolean calm = false;
        while (!calm) {
            int before = calls.count();
            // Those that wait for their time hold this up for as long as nothing else would happen.
            boolean sent = twilio.awaitWebhooks(Duration.ofMillis(CALM_MILLIS));
            if (sent) {
                pause();
            }
            calm = calls.underWay() == 0 && calls.count() == before;
            if (System.nanoTime() > end) {
                throw new AssertionError("calls went on for two minutes in which no time passed");
            }
        }
    }

    private void pause() {
        try {
            never.await(CALM_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        twilio.close();
        calls.close();
    }
}
