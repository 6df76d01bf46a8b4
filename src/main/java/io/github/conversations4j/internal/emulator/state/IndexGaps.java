package io.github.conversations4j.internal.emulator.state;

/**
 * Says where the indexes of messages have gaps on request, besides those of {@link Behaviour#skippedIndexes}. Called under
 * the lock of a service: it must answer at once.
 */
@FunctionalInterface
public interface IndexGaps {
    /** No gaps. */
    IndexGaps NONE = conversationSid -> 0;

    /**
     * Asked once for each message that was stored.
     *
     * @param conversationSid where
     * @return how many indexes are not given before the next one is; not negative
     */
    int after(String conversationSid);
}
