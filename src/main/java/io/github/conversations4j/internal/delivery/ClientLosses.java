package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.EventsMissed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that belong to no conversation and are lost: no mark brings them back, and {@link EventsMissed} cannot tell of
 * them. They are logged once until there is room again, and then reported by kind and number. Thread-safe.
 */
final class ClientLosses {
    private static final Logger LOG = LoggerFactory.getLogger(ClientLosses.class);

    private final BiConsumer<String, Throwable> reporter;

    /** Since there is no room. Guarded by this. */
    private final Map<EventType<?>, Integer> lost = new LinkedHashMap<>();

    /**
     * Nothing is lost.
     *
     * @param reporter is told, without a lock, what was lost and why
     */
    ClientLosses(BiConsumer<String, Throwable> reporter) {
        this.reporter = reporter;
    }

    /** Notes an event that found no room. */
    void add(EventType<?> type) {
        boolean isFirst;
        synchronized (this) {
            isFirst = lost.isEmpty();
            lost.merge(type, 1, Integer::sum);
        }
        if (isFirst) {
            LOG.error("hooks have no room for a {} event, it is lost; others are counted until there is room", type);
        }
    }

    /** Reports what was lost so far, if anything was. */
    void report() {
        String what;
        synchronized (this) {
            what = lost.entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                    .collect(Collectors.joining(", "));
            lost.clear();
        }
        if (!what.isEmpty()) {
            reporter.accept(
                    "events of no conversation are lost: " + what,
                    new RejectedExecutionException("hooks had no room for them, and Twilio sends them once; see"
                            + " ClientOptions.maxQueuedEvents and maxQueuedEventsPerConversation"));
        }
    }
}
