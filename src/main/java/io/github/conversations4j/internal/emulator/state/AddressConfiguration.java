package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of messages that come in at an address of the account. Immutable.
 *
 * @param sid {@code IG…}
 * @param type {@code sms}, {@code whatsapp} …
 * @param address the address
 * @param friendlyName its name
 * @param country its country, for short codes
 * @param autoCreation the conversations that are made for messages to it
 * @param dateCreated when it was made
 * @param dateUpdated when it was last changed
 */
public record AddressConfiguration(
        String sid,
        String type,
        String address,
        @Nullable String friendlyName,
        @Nullable String country,
        AutoCreation autoCreation,
        Instant dateCreated,
        Instant dateUpdated) {

    /**
     * The conversations that are made for messages to an address. Immutable. As a draft, what is null is left as it is.
     *
     * @param enabled whether they are made
     * @param type {@code webhook}, {@code studio} or {@code default}
     * @param serviceSid the service they are made in; null for the default service
     * @param webhookUrl the webhook they get
     * @param webhookMethod {@code GET} or {@code POST}
     * @param webhookFilters the events of that webhook
     * @param studioFlowSid the flow they get, {@code FW…}
     * @param studioRetryCount how often the flow is tried again
     */
    public record AutoCreation(
            @Nullable Boolean enabled,
            @Nullable String type,
            @Nullable String serviceSid,
            @Nullable String webhookUrl,
            @Nullable String webhookMethod,
            @Nullable List<String> webhookFilters,
            @Nullable String studioFlowSid,
            @Nullable Long studioRetryCount) {

        /** No conversations are made. */
        public static final AutoCreation OFF = new AutoCreation(false, null, null, null, null, null, null, null);
    }
}
