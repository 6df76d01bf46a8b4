package io.github.conversations4j.internal.poll;

import io.github.conversations4j.source.PollTier;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * When what of a conversation was read last and is due next, by when something was last seen to happen in it. Confined to
 * the task of its conversation, apart from {@link #tier}.
 */
final class Rhythm {
    private static final Duration HOT_FOR = Duration.ofMinutes(2);
    private static final Duration WARM_FOR = Duration.ofHours(1);
    /** What is nearly due is done along with something else. */
    private static final double NEARLY = 0.85;

    private final Poll poll;
    private Instant activity = Instant.MIN;
    private Instant lastLook = Instant.MIN;
    private Instant lastWindow = Instant.MIN;
    private Instant lastRoster = Instant.MIN;
    private volatile PollTier tier = PollTier.COLD;

    Rhythm(Poll poll) {
        this.poll = poll;
    }

    /** How hot the conversation is; any thread may ask. */
    PollTier tier() {
        return tier;
    }

    /** Something happens. */
    void stir() {
        activity = poll.now();
    }

    /** Something happened before the start, as far as its date can be trusted. */
    void stirred(Instant then) {
        Instant now = poll.now();
        activity = then.isAfter(now) ? now : then;
    }

    /** Messages were read for the first time; those of other conversations are due at other times. */
    void spreadMessages() {
        double part = poll.random().nextDouble();
        lastWindow = ago(part, poll.options()::editsEvery);
        lastLook = ago(part, poll.options()::messagesEvery);
    }

    void spreadRoster() {
        lastRoster = ago(poll.random().nextDouble(), poll.options()::participantsEvery);
    }

    private Instant ago(double part, Function<PollTier, Duration> period) {
        return poll.now().minusMillis((long) (period.apply(temperature()).toMillis() * part));
    }

    void looked(boolean atAllOfTheWindow) {
        lastLook = poll.now();
        lastWindow = atAllOfTheWindow ? lastLook : lastWindow;
    }

    void readRoster() {
        lastRoster = poll.now();
    }

    boolean isLookDue() {
        return isDue(lastLook, poll.options()::messagesEvery);
    }

    boolean isWindowDue() {
        return isDue(lastWindow, poll.options()::editsEvery);
    }

    boolean isRosterDue() {
        return isDue(lastRoster, poll.options()::participantsEvery);
    }

    private boolean isDue(Instant last, Function<PollTier, Duration> period) {
        long nearly = (long) (period.apply(tier).toMillis() * NEARLY);
        return last == Instant.MIN || !poll.now().isBefore(last.plusMillis(nearly));
    }

    private PollTier temperature() {
        if (activity == Instant.MIN) {
            return PollTier.COLD;
        }
        Duration quiet = Duration.between(activity, poll.now());
        if (quiet.compareTo(HOT_FOR) < 0) {
            return PollTier.HOT;
        }
        return quiet.compareTo(WARM_FOR) < 0 ? PollTier.WARM : PollTier.COLD;
    }

    /** How long until something is due; new messages only if nobody else watches for them. */
    Duration untilNext(boolean watchesMessages) {
        tier = temperature();
        Instant due = due(lastWindow, poll.options().editsEvery(tier));
        if (watchesMessages) {
            due = earlier(due, due(lastLook, poll.options().messagesEvery(tier)));
        }
        if (poll.options().participants()) {
            due = earlier(due, due(lastRoster, poll.options().participantsEvery(tier)));
        }
        Duration wait = Duration.between(poll.now(), due);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private Instant due(Instant last, Duration period) {
        return last.plus(poll.next(period));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
