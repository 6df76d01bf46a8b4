package io.github.conversations4j.internal.delivery;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks Twilio which messages it holds. Thread-safe; never blocks. What is asked for may take many requests, and turns: so
 * whoever waits for it hears that Twilio does answer.
 */
public interface Asker {
    /**
     * Whether there is anybody to ask. Where there is not, time alone decides about holes.
     *
     * @return whether {@link #read} and {@link #lookBack} may be called
     */
    boolean canAsk();

    /**
     * Reads messages from an index on.
     *
     * @param conversationSid the conversation
     * @param from the first index
     * @param to the last index; null for all that there are
     * @param heard called when Twilio has answered, though not yet all that was asked, by any thread
     * @return what there is, at least its beginning: {@link Reading#to()} says how far it goes. Fails if Twilio does not
     *     answer
     */
    CompletionStage<Reading> read(String conversationSid, int from, @Nullable Integer to, Runnable heard);

    /**
     * Reads messages of a conversation of which nothing was seen before: those that are no history.
     *
     * @param conversationSid the conversation
     * @param to the last index; null for all that there are
     * @param heard as above
     * @return what there is; fails if Twilio does not answer
     */
    CompletionStage<Reading> lookBack(String conversationSid, @Nullable Integer to, Runnable heard);
}
