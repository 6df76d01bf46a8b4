package io.github.conversations4j.model;

/**
 * A step in the delivery of a message to one recipient who is no chat user.
 */
public enum DeliveryStatus {
    /** Given to the carrier or channel. */
    SENT,
    /** Arrived at the recipient. */
    DELIVERED,
    /** Read by the recipient. */
    READ,
    /** Could not be sent. */
    FAILED,
    /** Sent, and could not be delivered. */
    UNDELIVERED,
    /** Anything that Twilio may add. */
    UNKNOWN;

    /**
     * Reads Twilio's text.
     *
     * @param text {@code sent}, {@code delivered} …, in any case
     * @return the status, {@link #UNKNOWN} for a text that is not known
     */
    public static DeliveryStatus of(String text) {
        for (DeliveryStatus status : values()) {
            if (status.name().equalsIgnoreCase(text)) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
