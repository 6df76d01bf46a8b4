package io.github.conversations4j.internal.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.time.SteppedTime;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Shows what time it is for the emulator, and moves it on if it stands still but for that: {@code {"advance_ms": 3600000}}.
 * What falls due on the way has happened when the answer comes. A clock that a program lent is the program's to move.
 * Thread-safe.
 *
 * @param clock the time of the emulator
 */
public record TimeTravel(InstantSource clock) {
    /** Ten years, which is longer than any timer needs. */
    private static final Duration FURTHEST = Duration.ofDays(3660);

    /**
     * Shows the time.
     *
     * @param call is not looked at
     * @return the time, and whether it can be moved here
     */
    public JsonNode show(Control.Call call) {
        return Control.object().put("now", clock.instant().toString()).put("movable", clock instanceof SteppedTime);
    }

    /**
     * Moves the time.
     *
     * @param call its body says by how much
     * @return the time afterwards
     */
    public JsonNode move(Control.Call call) {
        if (!(clock instanceof SteppedTime time)) {
            throw new IllegalStateException(
                    "Only the clock of an emulator that was started with --clock manual is moved over this route");
        }
        long millis = Texts.notNegative(call.body(), "advance_ms");
        if (millis > FURTHEST.toMillis()) {
            throw new IllegalArgumentException(
                    "advance_ms: must be at most " + FURTHEST.toMillis() + ", was " + millis);
        }
        time.advance(Duration.ofMillis(millis));
        return show(call);
    }
}
