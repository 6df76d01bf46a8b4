package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.model.Message;
import java.util.List;

/**
 * What Twilio held of the messages of one conversation when it was asked: all of them from one index to another. Immutable.
 *
 * @param conversationSid the conversation, {@code CH…}
 * @param from the first index that was asked for
 * @param to the last index that was asked for, less than {@code from} if there was nothing to ask for; what is between
 *     both and not among the messages does not exist
 * @param messages the messages, lowest index first
 * @param isAll whether this is all that was asked for; if not, {@code to} is where it ends, and there may be more
 * @param source the name of the event source whose events look like what was read, for {@code EventMeta.source()}
 */
public record Reading(String conversationSid, int from, int to, List<Message> messages, boolean isAll, String source) {
    /** Copies the list. */
    public Reading {
        messages = List.copyOf(messages);
    }

    /**
     * The same if it was known before that there had been messages up to an index: those that were not found are gone.
     *
     * @param index up to where
     * @return a reading that goes that far, unless there is more to read
     */
    Reading reaching(int index) {
        return isAll && index > to ? new Reading(conversationSid, from, index, messages, true, source) : this;
    }
}
