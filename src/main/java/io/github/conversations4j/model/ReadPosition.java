package io.github.conversations4j.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Up to where somebody has read a conversation. Immutable.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/read-horizon">Read Horizon and Read Status</a>.
 *
 * @param conversationSid the conversation, {@code CH…}
 * @param participantSid who, {@code MB…}
 * @param identity who, if a chat user; null for SMS, WhatsApp and the like
 * @param lastReadMessageIndex the index of the last message read
 * @param at when that was said; null if the source did not say
 */
public record ReadPosition(
        String conversationSid,
        String participantSid,
        @Nullable String identity,
        int lastReadMessageIndex,
        @Nullable Instant at) {}
