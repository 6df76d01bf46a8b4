package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.model.ConversationState;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a conversation becomes inactive and closed by itself. Immutable.
 *
 * <p>Both times count from the last activity: creation, a change of state or timers, and (not documented; a switch of
 * {@link Behaviour}) a new message. An inactive conversation waits for the closing only.
 *
 * @param inactiveAfter how long an active conversation may be quiet; null for ever
 * @param closedAfter how long a conversation may be quiet before it is closed; null for ever
 * @param dateInactive when it becomes inactive; null if it will not
 * @param dateClosed when it is closed; null if it will not be
 */
public record StateTimers(
        @Nullable Duration inactiveAfter,
        @Nullable Duration closedAfter,
        @Nullable Instant dateInactive,
        @Nullable Instant dateClosed) {

    /** No timer. */
    public static final StateTimers NONE = new StateTimers(null, null, null, null);

    static StateTimers of(@Nullable Duration inactiveAfter, @Nullable Duration closedAfter) {
        return new StateTimers(inactiveAfter, closedAfter, null, null);
    }

    /** What a timer shall be: zero stops it, null leaves it as it is. */
    static @Nullable Duration wanted(@Nullable Duration given, @Nullable Duration otherwise) {
        if (given == null) {
            return otherwise;
        }
        return given.isZero() ? null : given;
    }

    /** Counts again from now, as far as the state still has something to wait for. */
    StateTimers restarted(ConversationState state, Instant now) {
        boolean canSleep = state == ConversationState.ACTIVE && inactiveAfter != null;
        boolean canClose = state != ConversationState.CLOSED && closedAfter != null;
        return new StateTimers(
                inactiveAfter,
                closedAfter,
                canSleep ? now.plus(inactiveAfter) : null,
                canClose ? now.plus(closedAfter) : null);
    }

    /** Keeps the date of closing, now that there is no other left. */
    StateTimers asleep() {
        return new StateTimers(inactiveAfter, closedAfter, null, dateClosed);
    }

    @Nullable
    Instant next() {
        return Stream.of(dateInactive, dateClosed)
                .filter(date -> date != null)
                .min(Instant::compareTo)
                .orElse(null);
    }
}
