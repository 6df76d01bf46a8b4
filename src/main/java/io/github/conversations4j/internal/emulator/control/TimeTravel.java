package io.github.conversations4j.internal.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.time.SteppedTime;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Shows what time it is for the emulator, and moves it on if it stands still otherwise: {@code {"advance_ms": 3600000}}. What
 * falls due on the way has happened when the answer comes. Thread-safe.
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
     * @return the time, and whether it stands still
     */
    public JsonNode show(Control.Call call) {
        return Control.object()
                .put("now", clock.instant().toString())
                .put("stands_still", clock instanceof SteppedTime);
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
                    "The clock of the system runs by itself; start the emulator with --clock manual");
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
