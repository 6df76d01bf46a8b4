package io.github.conversations4j.error;

/**
 * A message was stored, and could not be delivered to any of its recipients over SMS, WhatsApp or the like. The receipts of
 * the message tell why for each of them.
 */
public final class DeliveryFailedException extends ConversationsException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param messageSid the message, {@code IM…}
     */
    public DeliveryFailedException(String messageSid) {
        super("deliver message " + messageSid + ": failed for every recipient; its receipts tell why");
    }
}
