package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.internal.wire.WebhookUrl;
import io.github.conversations4j.source.WebhookRefusal;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.source.WebhookRequest;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts refused requests by reason, and logs the first, second, fourth, eighth … of each loudly. Thread-safe. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final AtomicLongArray counts = new AtomicLongArray(WebhookRefusal.values().length);

    /** Counts and logs; the answer tells nothing but its status. */
    WebhookReply refuse(WebhookRequest request, WebhookRefusal reason, Supplier<String> detail) {
        record(request, reason, reason.status(), detail);
        return WebhookReply.empty(reason.status());
    }

    /** Counts and logs a request that is no concern of ours and is answered with this status all the same. */
    void record(WebhookRequest request, WebhookRefusal reason, int status, Supplier<String> detail) {
        long count = counts.incrementAndGet(reason.ordinal());
        // A flood of forged requests must not become a flood of log lines.
        if (Long.bitCount(count) == 1) {
            LOG.warn(
                    "webhook not taken: {} (number {} of this kind, answered {}): {} {} from {}: {}",
                    reason,
                    count,
                    status,
                    WebhookUrl.redacted(request.method()),
                    WebhookUrl.redacted(request.target()),
                    request.remoteAddress(),
                    detail.get());
        } else if (LOG.isDebugEnabled()) {
            LOG.debug("webhook not taken: {} (answered {}): {}", reason, status, detail.get());
        }
    }

    Map<WebhookRefusal, Long> counts() {
        Map<WebhookRefusal, Long> snapshot = new EnumMap<>(WebhookRefusal.class);
        for (WebhookRefusal reason : WebhookRefusal.values()) {
            snapshot.put(reason, counts.get(reason.ordinal()));
        }
        return snapshot;
    }
}
