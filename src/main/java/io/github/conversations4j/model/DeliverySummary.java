package io.github.conversations4j.model;

/**
 * What is known about the delivery of one message to all recipients who are no chat users. Immutable.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/delivery-receipts">Delivery Receipts</a>.
 *
 * @param total the number of recipients
 * @param sent how many of them it was sent to
 * @param delivered how many of them it was delivered to
 * @param read how many of them have read it
 * @param failed how many of them it could not be sent to
 * @param undelivered how many of them it could not be delivered to
 */
public record DeliverySummary(int total, Share sent, Share delivered, Share read, Share failed, Share undelivered) {

    /** A share of the recipients, as Twilio states it. */
    public enum Share {
        /** No recipient. */
        NONE,
        /** At least one, not all. */
        SOME,
        /** Every recipient. */
        ALL
    }
}
