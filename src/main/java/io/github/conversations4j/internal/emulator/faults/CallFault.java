package io.github.conversations4j.internal.emulator.faults;

import java.time.Duration;

/**
 * What happens to a call. Immutable.
 *
 * @param kind what
 * @param refusal what it is answered with, if it is
 * @param by how late the answer is, or after which time a refused caller may come again; zero for none
 */
public record CallFault(Kind kind, Refusal refusal, Duration by) {
    /** What happens. */
    public enum Kind {
        /** It is refused and not carried out. */
        REFUSED,
        /** It is carried out, and answered as if it had failed. */
        FAILED,
        /** Its connection is cut, and it is not carried out. */
        CUT_BEFORE,
        /** It is carried out, and its connection is cut before the answer. */
        CUT_AFTER,
        /** It is carried out, and its connection is cut in the middle of the answer. */
        TORN,
        /** It is carried out, and answered late. */
        SLOW
    }

    /** Refuses a time that is none. */
    public CallFault {
        if (by.isNegative()) {
            throw new IllegalArgumentException("by: must not be negative, was " + by);
        }
    }

    /**
     * A fault that gives no answer of its own.
     *
     * @param kind what happens
     * @param by how late the answer is; zero for not at all
     * @return the fault
     */
    public static CallFault of(Kind kind, Duration by) {
        return new CallFault(kind, Refusal.NONE, by);
    }
}
