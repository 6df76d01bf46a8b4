package io.github.conversations4j.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one message on its way to one recipient who is no chat user. Immutable.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/receipt-resource">Receipt resource</a>.
 *
 * @param sid the receipt SID, {@code DY…}
 * @param conversationSid the conversation, {@code CH…}
 * @param messageSid the message, {@code IM…}
 * @param status the step that was reached
 * @param participantSid the recipient, {@code MB…}; null if the source did not say
 * @param channelMessageSid the SID of the SMS or WhatsApp message; null if the source did not say
 * @param errorCode the Twilio error code; null or 0 when nothing failed
 * @param dateCreated when the receipt came to be; null if the source did not say
 * @param dateUpdated when this step was reached; null if the source did not say
 */
public record DeliveryReceipt(
        String sid,
        String conversationSid,
        String messageSid,
        DeliveryStatus status,
        @Nullable String participantSid,
        @Nullable String channelMessageSid,
        @Nullable Integer errorCode,
        @Nullable Instant dateCreated,
        @Nullable Instant dateUpdated) {

    /**
     * Starts a builder with what is never absent.
     *
     * @param sid the receipt SID, {@code DY…}
     * @param conversationSid the conversation, {@code CH…}
     * @param messageSid the message, {@code IM…}
     * @param status the step that was reached
     * @return a builder, not thread-safe
     */
    public static Builder builder(String sid, String conversationSid, String messageSid, DeliveryStatus status) {
        return new Builder(sid, conversationSid, messageSid, status);
    }

    /**
     * A builder that holds the values of this record.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder copy = new Builder(sid, conversationSid, messageSid, status);
        copy.participantSid = participantSid;
        copy.channelMessageSid = channelMessageSid;
        copy.errorCode = errorCode;
        copy.dateCreated = dateCreated;
        copy.dateUpdated = dateUpdated;
        return copy;
    }

    /** Builds a {@link DeliveryReceipt}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private final String sid;
        private final String conversationSid;
        private final String messageSid;
        private final DeliveryStatus status;
        private @Nullable String participantSid;
        private @Nullable String channelMessageSid;
        private @Nullable Integer errorCode;
        private @Nullable Instant dateCreated;
        private @Nullable Instant dateUpdated;

        private Builder(String sid, String conversationSid, String messageSid, DeliveryStatus status) {
            this.sid = sid;
            this.conversationSid = conversationSid;
            this.messageSid = messageSid;
            this.status = status;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the recipient, {@code MB…}; null if the source did not say
         * @return this
         */
        public Builder participantSid(@Nullable String value) {
            this.participantSid = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the SID of the SMS or WhatsApp message; null if the source did not say
         * @return this
         */
        public Builder channelMessageSid(@Nullable String value) {
            this.channelMessageSid = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the Twilio error code; null or 0 when nothing failed
         * @return this
         */
        public Builder errorCode(@Nullable Integer value) {
            this.errorCode = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value when the receipt came to be; null if the source did not say
         * @return this
         */
        public Builder dateCreated(@Nullable Instant value) {
            this.dateCreated = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value when this step was reached; null if the source did not say
         * @return this
         */
        public Builder dateUpdated(@Nullable Instant value) {
            this.dateUpdated = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new DeliveryReceipt
         */
        public DeliveryReceipt build() {
            return new DeliveryReceipt(
                    sid,
                    conversationSid,
                    messageSid,
                    status,
                    participantSid,
                    channelMessageSid,
                    errorCode,
                    dateCreated,
                    dateUpdated);
        }
    }
}
