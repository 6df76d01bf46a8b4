package io.github.conversations4j.event;

import io.github.conversations4j.model.DeliveryReceipt;

/**
 * The delivery of a message to one recipient who is no chat user took a step; seen by the server side only.
 *
 * @param meta id, time and origin of the event
 * @param receipt the receipt as it is now
 */
public record DeliveryUpdated(EventMeta meta, DeliveryReceipt receipt) implements ConversationScoped {

    @Override
    public EventType<DeliveryUpdated> type() {
        return EventType.DELIVERY_UPDATED;
    }

    @Override
    public String conversationSid() {
        return receipt.conversationSid();
    }
}
