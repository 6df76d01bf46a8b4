package io.github.conversations4j.internal.emulator.faults;

import java.time.Duration;

/**
 * What happens to a webhook. Immutable.
 *
 * @param kind what
 * @param by how long it is late, or is held back at most; zero for kinds that take no time
 */
public record WebhookFault(Kind kind, Duration by) {
    /** What happens. */
    public enum Kind {
        /** It is never sent. */
        DROPPED("dropped on request"),
        /** It is sent twice. */
        DOUBLED("doubled on request"),
        /** It is sent later, and those after it do not wait. */
        DELAYED("delayed on request"),
        /** It is sent after the next one of its conversation. */
        REORDERED("reordered on request");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /**
         * Says it for the log.
         *
         * @return what happened
         */
        public String words() {
            return words;
        }
    }

    /** Refuses a time that is none. */
    public WebhookFault {
        if (by.isNegative()) {
            throw new IllegalArgumentException("by: must not be negative, was " + by);
        }
    }
}
