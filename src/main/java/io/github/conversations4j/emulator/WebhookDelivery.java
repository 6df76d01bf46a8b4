package io.github.conversations4j.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one webhook of the emulator, or why it was not sent. Immutable.
 *
 * @param at when the event happened, in the emulator's time
 * @param event its name on the wire: {@code onMessageAdded} …
 * @param conversationSid the conversation it is about; null for none
 * @param level who was to be called: {@code account}, {@code service}, {@code conversation}, or {@code attached} for a
 *     receiver that only the emulator knows; null if nobody was
 * @param url where, as it was configured; null if nobody was to be called
 * @param method how, {@code GET} or {@code POST}; null if nobody was to be called
 * @param idempotencyToken the {@code I-Twilio-Idempotency-Token}; null if nobody was to be called
 * @param parameters what it told, in order
 * @param status the HTTP status of the answer; null if there was none
 * @param answer the body of the answer; null if there was none
 * @param outcome in words: {@code sent}, why it was not sent, or what went wrong
 * @param fault what was done to it because {@link Faults} asked for it; null for nothing
 * @param took how long the answer took, in real time; the limit if there was none in time, zero if nobody was reached
 */
public record WebhookDelivery(
        Instant at,
        String event,
        @Nullable String conversationSid,
        @Nullable String level,
        @Nullable String url,
        @Nullable String method,
        @Nullable String idempotencyToken,
        Map<String, String> parameters,
        @Nullable Integer status,
        @Nullable String answer,
        String outcome,
        @Nullable String fault,
        Duration took) {}
