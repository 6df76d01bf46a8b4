package io.github.conversations4j.internal.poll;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.source.PollOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all tasks of a poller share. Thread-safe.
 *
 * @param api the way to Twilio
 * @param options how often what is read
 * @param calls makes calls
 * @param teller offers events
 * @param health says how much slower than planned everything is
 * @param agenda what is done when
 * @param states former states
 * @param heard states that other sources told and no reading has shown
 * @param clock how time passes; it never goes back
 * @param random the chance in periods
 * @param start when the poller was started
 * @param manner how it differs from other pollers
 */
record Poll(
        ConversationsApi api,
        PollOptions options,
        Calls calls,
        Teller teller,
        Health health,
        Agenda agenda,
        Recollection states,
        Recollection heard,
        InstantSource clock,
        RandomGenerator random,
        Instant start,
        Manner manner) {

    /**
     * When something planned for every so often is due next: a little sooner by chance, so that conversations do not stay
     * in step, and later while Twilio asks for fewer calls.
     */
    Duration next(Duration period) {
        double part = (0.9 + 0.1 * random.nextDouble()) * health.slowdown();
        return Duration.ofMillis((long) (period.toMillis() * part));
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Whether something surely came to be after the start, as far as its date can be trusted. REST has whole seconds, so
     * what is as old as the start counts as older.
     */
    boolean isNew(@Nullable Instant dateCreated) {
        return dateCreated != null && dateCreated.isAfter(start.truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * How a poller behaves apart from its options.
     *
     * @param recovers whether it only looks for what another source has missed: then all it tells is marked so, and
     *     conversations that were there before are not told
     * @param insists whether other sources tell of the same: one of them may tell an older state after a newer one, so
     *     that each whole reading offers again what was told, and is dropped where it was delivered last
     * @param spread how long the first pass may take, so that it comes as no flood; zero for as quick as it goes
     */
    record Manner(boolean recovers, boolean insists, Duration spread) {}
}
