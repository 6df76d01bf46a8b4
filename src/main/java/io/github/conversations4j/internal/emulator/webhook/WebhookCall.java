package io.github.conversations4j.internal.emulator.webhook;

import io.github.conversations4j.emulator.WebhookDelivery;
import io.github.conversations4j.internal.emulator.faults.WebhookFault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A webhook on its way to one receiver. Immutable.
 *
 * @param event what is told
 * @param target who is told
 * @param token the idempotency token, the same for each time it is sent
 * @param fault what is done to it on request; null for nothing
 */
record WebhookCall(
        WebhookEvent event,
        WebhookTarget target,
        String token,
        @Nullable WebhookFault fault) {
    /** What the log says of it if it got no answer. */
    WebhookDelivery unanswered(String outcome, Duration took) {
        return answered(null, null, outcome, took);
    }

    /** What the log says of it. */
    WebhookDelivery answered(@Nullable Integer status, @Nullable String answer, String outcome, Duration took) {
        return new WebhookDelivery(
                event.stamp().at(),
                event.name(),
                event.conversationSid(),
                target.level(),
                target.url(),
                target.method(),
                token,
                event.parameters(),
                status,
                answer,
                outcome,
                fault == null ? null : fault.kind().words(),
                took);
    }

    /** What the log says of an event that nobody is called for. */
    static WebhookDelivery notSent(WebhookEvent event, String why) {
        return new WebhookDelivery(
                event.stamp().at(),
                event.name(),
                event.conversationSid(),
                null,
                null,
                null,
                null,
                event.parameters(),
                null,
                null,
                why,
                null,
                Duration.ZERO);
    }
}
