package io.github.conversations4j.internal.emulator.state;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, and whether webhooks are wanted for it. Immutable.
 *
 * @param origin what kind of actor it is
 * @param identity the identity of the person; null unless the origin is {@link Origin#SDK}
 * @param channel {@code sms}, {@code whatsapp} …; null unless the origin is {@link Origin#CHANNEL}
 * @param address where the person wrote from; null unless the origin is {@link Origin#CHANNEL}
 * @param webhooks whether Twilio would send webhooks for it: always, except for REST without
 *     {@code X-Twilio-Webhook-Enabled: true}
 * @param inbound the message that a conversation is made for; null for everything else
 */
public record Cause(
        Origin origin,
        @Nullable String identity,
        @Nullable String channel,
        @Nullable String address,
        boolean webhooks,
        @Nullable InboundMessage inbound) {

    /** The kinds of actors. */
    public enum Origin {
        /** A REST call, with all rights. */
        API,
        /** A person at a client SDK, with the rights of their roles. */
        SDK,
        /** A person at a phone or another messaging channel. */
        CHANNEL,
        /** A timer of the conversation. */
        TIMER
    }

    /**
     * A REST call.
     *
     * @param webhooks whether it carried {@code X-Twilio-Webhook-Enabled: true}
     * @return the cause
     */
    public static Cause rest(boolean webhooks) {
        return new Cause(Origin.API, null, null, null, webhooks, null);
    }

    /**
     * A person at a client SDK.
     *
     * @param identity who it is
     * @return the cause
     */
    public static Cause sdk(String identity) {
        return new Cause(Origin.SDK, identity, null, null, true, null);
    }

    /**
     * A person at a messaging channel.
     *
     * @param channel {@code sms}, {@code whatsapp} …
     * @param address where they write from
     * @return the cause
     */
    public static Cause channel(String channel, String address) {
        return new Cause(Origin.CHANNEL, null, channel, address, true, null);
    }

    /**
     * The same actor, who makes a conversation by writing.
     *
     * @param message what they wrote
     * @return the cause
     */
    public Cause writing(InboundMessage message) {
        return new Cause(origin, identity, channel, address, webhooks, message);
    }

    /**
     * A timer of a conversation.
     *
     * @return the cause
     */
    public static Cause timer() {
        return new Cause(Origin.TIMER, null, null, null, true, null);
    }

    /**
     * Gives the text of the webhook parameter {@code Source}. Documented are {@code SDK} and {@code API}; that channels
     * give their own name was seen in live traffic, in varying case. What a timer gives is not known: {@code API} is
     * assumed.
     *
     * @return the text
     */
    public String source() {
        return switch (origin) {
            case SDK -> "SDK";
            case CHANNEL -> String.valueOf(channel).toUpperCase(Locale.ROOT);
            case API, TIMER -> "API";
        };
    }

    /**
     * Gives the name that stands as creator or author of what this actor makes.
     *
     * @return the identity or address, {@code system} for REST and timers
     */
    public String name() {
        return switch (origin) {
            case SDK -> String.valueOf(identity);
            case CHANNEL -> String.valueOf(address);
            case API, TIMER -> "system";
        };
    }
}
