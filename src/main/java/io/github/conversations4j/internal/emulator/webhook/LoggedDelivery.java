package io.github.conversations4j.internal.emulator.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one webhook, or why it was not sent. Immutable.
 *
 * @param at when the event happened, in the emulator's time
 * @param event {@code onMessageAdded} …
 * @param conversationSid the conversation it is about; null for none
 * @param level who was to be called; null if nobody was
 * @param url where; null if nobody was to be called
 * @param method how; null if nobody was to be called
 * @param parameters what it told
 * @param status the HTTP status of the answer; null if there was none
 * @param answer the body of the answer; null if there was none
 * @param outcome in words: {@code sent}, why it was not sent, or what went wrong
 * @param took how long the call took; zero if it was not made
 */
public record LoggedDelivery(
        Instant at,
        String event,
        @Nullable String conversationSid,
        @Nullable String level,
        @Nullable String url,
        @Nullable String method,
        Map<String, String> parameters,
        @Nullable Integer status,
        @Nullable String answer,
        String outcome,
        Duration took) {}
