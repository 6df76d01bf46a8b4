package io.github.conversations4j.internal.emulator.realtime;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of all Sync objects since the first client came, for replay. Bounded: beyond the limit the oldest are
 * forgotten, whichever object they belong to. Thread-safe.
 */
final class SyncLog {
    private static final int KEPT = 500_000;

    private final Map<SyncObject, ArrayDeque<SyncEvent>> byObject = new HashMap<>();
    private final ArrayDeque<SyncObject> order = new ArrayDeque<>();
    private final Map<SyncObject, Long> forgotten = new HashMap<>();

    synchronized void add(SyncEvent event) {
        byObject.computeIfAbsent(event.object(), object -> new ArrayDeque<>()).add(event);
        order.add(event.object());
        if (order.size() > KEPT) {
            forget(order.remove());
        }
    }

    private void forget(SyncObject object) {
        ArrayDeque<SyncEvent> events = byObject.get(object);
        if (events != null) {
            SyncEvent oldest = events.poll();
            if (oldest != null) {
                forgotten.put(object, oldest.id());
            }
            if (events.isEmpty()) {
                byObject.remove(object);
            }
        }
    }

    /**
     * The events of an object after one of them.
     *
     * @return the events in order; null if some of them are forgotten
     */
    synchronized @Nullable List<SyncEvent> after(SyncObject object, long id) {
        if (forgotten.getOrDefault(object, Long.MIN_VALUE) > id) {
            return null;
        }
        ArrayDeque<SyncEvent> events = byObject.get(object);
        return events == null
                ? List.of()
                : events.stream().filter(event -> event.id() > id).toList();
    }
}
