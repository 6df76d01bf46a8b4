package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.model.DeliveryStatus;
import java.time.Instant;

/**
 * How far a message got to one recipient who is no chat user, as it is stored. Immutable.
 *
 * @param sid {@code DY…}
 * @param conversationSid the conversation
 * @param messageSid the message
 * @param channelMessageSid the message at the channel, {@code SM…}
 * @param participantSid the recipient
 * @param status the last step
 * @param errorCode why it failed, 0 if it did not
 * @param dateCreated when the first step was
 * @param dateUpdated when the last step was
 */
public record StoredReceipt(
        String sid,
        String conversationSid,
        String messageSid,
        String channelMessageSid,
        String participantSid,
        DeliveryStatus status,
        int errorCode,
        Instant dateCreated,
        Instant dateUpdated) {}
