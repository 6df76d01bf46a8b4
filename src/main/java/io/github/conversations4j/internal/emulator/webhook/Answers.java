package io.github.conversations4j.internal.emulator.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conversations4j.emulator.WebhookDelivery;
import io.github.conversations4j.internal.emulator.state.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers to pre-webhooks as Twilio documents them: 4xx and 5xx reject, JSON changes what may be changed, and
 * everything else, no answer included, lets it happen unchanged. What is no JSON object or no text counts as not given,
 * which is assumed.
 */
final class Answers {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Answers() {}

    static Verdict read(String event, WebhookDelivery delivery) {
        Integer status = delivery.status();
        if (status == null) {
            return Verdict.ACCEPTED;
        }
        if (status >= 400) {
            return Verdict.REJECTED;
        }
        JsonNode answer = json(delivery.answer());
        if (answer == null || !answer.isObject()) {
            return Verdict.ACCEPTED;
        }
        return switch (event) {
            case "onMessageAdd", "onMessageUpdate" ->
                new Verdict(true, text(answer, "body"), text(answer, "author"), text(answer, "attributes"), null);
            case "onConversationAdd", "onConversationUpdate" ->
                new Verdict(true, null, null, null, text(answer, "friendly_name"));
            default -> Verdict.ACCEPTED;
        };
    }

    /** The later answer wins, field by field; one rejection is enough. */
    static Verdict combine(Verdict earlier, Verdict later) {
        return new Verdict(
                earlier.accepted() && later.accepted(),
                later.body() == null ? earlier.body() : later.body(),
                later.author() == null ? earlier.author() : later.author(),
                later.attributes() == null ? earlier.attributes() : later.attributes(),
                later.friendlyName() == null ? earlier.friendlyName() : later.friendlyName());
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static @Nullable String text(JsonNode answer, String key) {
        JsonNode value = answer.get(key);
        return value == null || !value.isTextual() ? null : value.textValue();
    }
}
