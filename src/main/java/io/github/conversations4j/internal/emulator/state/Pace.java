package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;

/**
 * Counts what Twilio calls actions per second, of one conversation or of one service, if the emulator shall have such a
 * limit. Confined to the lock of its service.
 */
final class Pace {
    private final int code;
    private long second;
    private int taken;

    /**
     * Counts nothing yet.
     *
     * @param code what exceeding it is refused with
     */
    Pace(int code) {
        this.code = code;
    }

    void take(World world) {
        int limit = world.behaviour().actionsPerSecond();
        if (limit == 0) {
            return;
        }
        Instant now = world.now();
        if (now.getEpochSecond() != second) {
            second = now.getEpochSecond();
            taken = 0;
        }
        if (taken == limit) {
            throw new TwilioFault(429, code, "Too many requests: more than " + limit + " actions per second");
        }
        taken++;
    }
}
