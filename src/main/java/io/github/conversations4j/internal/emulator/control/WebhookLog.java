package io.github.conversations4j.internal.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.emulator.WebhookDelivery;
import io.github.conversations4j.internal.emulator.webhook.Webhooks;
import java.time.Duration;

/**
 * Shows what was sent as webhooks and what was not, as JSON. The query may choose an {@code event} and a {@code
 * conversation}, and {@code wait} some seconds for what is still to be sent. Thread-safe.
 *
 * @param webhooks what keeps the log
 */
public record WebhookLog(Webhooks webhooks) implements Control.Action {
    private static final long LONGEST_WAIT = 30;

    @Override
    public JsonNode run(Control.Call call) {
        String event = call.query().first("event");
        String conversation = call.query().first("conversation");
        String wait = call.query().first("wait");
        boolean complete = webhooks.await(wait == null ? Duration.ZERO : seconds(wait));
        ObjectNode answer = Control.object().put("complete", complete);
        ArrayNode deliveries = answer.putArray("deliveries");
        for (WebhookDelivery delivery : webhooks.log()) {
            if ((event == null || event.equals(delivery.event()))
                    && (conversation == null || conversation.equals(delivery.conversationSid()))) {
                deliveries.add(json(delivery));
            }
        }
        return answer;
    }

    private static Duration seconds(String text) {
        try {
            long seconds = Long.parseLong(text);
            if (seconds >= 0 && seconds <= LONGEST_WAIT) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("wait: must be 0 to " + LONGEST_WAIT + " seconds, was " + text, e);
        }
        throw new IllegalArgumentException("wait: must be 0 to " + LONGEST_WAIT + " seconds, was " + text);
    }

    private static ObjectNode json(WebhookDelivery delivery) {
        ObjectNode json = Control.object()
                .put("at", delivery.at().toString())
                .put("event", delivery.event())
                .put("conversation_sid", delivery.conversationSid())
                .put("level", delivery.level())
                .put("url", delivery.url())
                .put("method", delivery.method())
                .put("idempotency_token", delivery.idempotencyToken())
                .put("status", delivery.status())
                .put("answer", delivery.answer())
                .put("outcome", delivery.outcome())
                .put("fault", delivery.fault())
                .put("took_ms", delivery.took().toMillis());
        ObjectNode parameters = json.putObject("parameters");
        delivery.parameters().forEach(parameters::put);
        return json;
    }
}
