package io.github.conversations4j.internal.token;

import io.github.conversations4j.token.AccessToken;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One token through its life. Confined to the lock of its keeper.
 *
 * <p>How much life it has is judged by the clock, and by what the server said, which wins.
 */
final class HeldToken {
    /** Where in its life a token is. */
    enum Phase {
        /** Good, nothing to do. */
        FRESH,
        /** Good, and to be replaced without haste. */
        REFRESH_SOON,
        /** Still good, but too near its end to start something with if a new one can be had. */
        MUST_REFRESH,
        /** No good any more: by the clock, or because the server said so. */
        EXPIRED
    }

    /** Up to this age a token counts as young if nobody can read when it ends. */
    private static final Duration UNREADABLE_YOUTH = Duration.ofMinutes(1);
    /** The last tenth of the lead, half a minute by default, is too little for connecting. */
    private static final int HASTE = 10;

    private static final int LEAST_SHARE = 4;
    private static final double SPREAD = 0.2;

    private final AccessToken token;
    private final Instant receivedAt;
    private final @Nullable Instant expiresAt;
    private final Duration lead;
    private final Duration youth;

    private boolean warned;
    private boolean dead;

    /**
     * Takes a token that has just come.
     *
     * @param chance from 0 to 1; spreads the refreshes of many clients that started at the same moment
     */
    HeldToken(AccessToken token, Instant receivedAt, Duration usualLead, double chance) {
        this.token = token;
        this.receivedAt = receivedAt;
        this.expiresAt = token.expiresAt();
        if (expiresAt == null) {
            this.lead = Duration.ZERO;
            this.youth = UNREADABLE_YOUTH;
        } else {
            Duration life = Duration.between(receivedAt, expiresAt);
            this.lead = spread(shorter(usualLead, life.dividedBy(LEAST_SHARE)), chance);
            // Not more than the usual lead, so that a clock that is wrong by hours can not make a token young for long.
            this.youth = shorter(usualLead, life.dividedBy(2));
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration spread(Duration lead, double chance) {
        return lead.plusMillis((long) (lead.toMillis() * SPREAD * chance));
    }

    AccessToken token() {
        return token;
    }

    Phase phase(Instant now) {
        if (dead) {
            return Phase.EXPIRED;
        }
        if (expiresAt == null) {
            return Phase.FRESH;
        }
        Duration left = Duration.between(now, expiresAt);
        if (left.isNegative() || left.isZero()) {
            return Phase.EXPIRED;
        }
        if (left.compareTo(lead.dividedBy(HASTE)) <= 0) {
            return Phase.MUST_REFRESH;
        }
        return left.compareTo(lead) <= 0 ? Phase.REFRESH_SOON : Phase.FRESH;
    }

    /** How long until the phase changes in a way that needs doing; null if no clock will tell. */
    @Nullable
    Duration untilChange(Instant now) {
        if (expiresAt == null || dead) {
            return null;
        }
        Instant next = phase(now) == Phase.FRESH ? expiresAt.minus(lead) : expiresAt;
        return Duration.between(now, next);
    }

    /** Whether it has lived so short that replacing it at once would probably be for nothing. */
    boolean isYoung(Instant now) {
        Duration age = Duration.between(receivedAt, now);
        // A clock that was set back says nothing about it, and might not for hours.
        return !age.isNegative() && age.compareTo(youth) < 0;
    }

    boolean isReadable() {
        return expiresAt != null;
    }

    boolean isDead() {
        return dead;
    }

    /** Returns whether this was the first warning. */
    boolean warn() {
        boolean first = !warned;
        warned = true;
        return first;
    }

    /** Returns whether it was alive. */
    boolean end() {
        boolean alive = !dead;
        dead = true;
        return alive;
    }
}
