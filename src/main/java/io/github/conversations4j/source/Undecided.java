package io.github.conversations4j.source;

/** What a {@code before…} hook that throws, or takes too long, means for the question. */
public enum Undecided {
    /** It happens, as it would at Twilio if nobody answered. */
    ACCEPT,
    /** It does not happen. */
    REJECT
}
