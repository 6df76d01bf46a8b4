package io.github.conversations4j.internal.emulator.webhook;

import io.github.conversations4j.emulator.WebhookDelivery;
import java.util.ArrayDeque;
import java.util.List;

/** The last deliveries, oldest first; older ones are forgotten. Thread-safe. */
final class DeliveryLog {
    private static final int KEPT = 10_000;

    private final ArrayDeque<WebhookDelivery> entries = new ArrayDeque<>();

    synchronized void add(WebhookDelivery delivery) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
        }
        entries.add(delivery);
    }

    synchronized List<WebhookDelivery> all() {
        return List.copyOf(entries);
    }

    synchronized void clear() {
        entries.clear();
    }
}
