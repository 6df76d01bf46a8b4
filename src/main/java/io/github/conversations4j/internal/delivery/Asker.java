package io.github.conversations4j.internal.delivery;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks Twilio which messages it holds. Thread-safe; never blocks. */
public interface Asker {
    /**
     * Whether there is anybody to ask. Where there is not, time alone decides about holes.
     *
     * @return whether {@link #read} and {@link #lookBack} may be called
     */
    boolean canAsk();

    /**
     * How many pages of messages Twilio has given, whoever asked. A question may take many of them, and wait for those of
     * others: as long as this grows, it is not asked in vain.
     *
     * @return a number that grows
     */
    long pages();

    /**
     * Reads messages from an index on.
     *
     * @param conversationSid the conversation
     * @param from the first index
     * @param to the last index; null for all that there are
     * @return what there is, at least its beginning: {@link Reading#to()} says how far it goes. Fails if Twilio does not
     *     answer
     */
    CompletionStage<Reading> read(String conversationSid, int from, @Nullable Integer to);

    /**
     * Reads messages of a conversation of which nothing was seen before: those that are no history.
     *
     * @param conversationSid the conversation
     * @param to the last index; null for all that there are
     * @return what there is; fails if Twilio does not answer
     */
    CompletionStage<Reading> lookBack(String conversationSid, @Nullable Integer to);
}
