package io.github.conversations4j.source;

/** How lately something happened in a conversation, which decides how often it is polled. */
public enum PollTier {
    /** Within the last two minutes. */
    HOT,
    /** Within the last hour. */
    WARM,
    /** Longer ago. */
    COLD
}
