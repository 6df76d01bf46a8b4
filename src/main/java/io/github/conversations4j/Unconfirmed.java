package io.github.conversations4j;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages that nobody has seen at Twilio yet, by the client id under which they may turn up. Those without an id are
 * not among them. Thread-safe.
 */
final class Unconfirmed {
    private final int mostLost;

    // Guarded by this; of the lost only the latest.
    private final Map<String, PendingMessage> waiting = new HashMap<>();
    private final Map<String, PendingMessage> lost = new LinkedHashMap<>();

    /**
     * No messages yet.
     *
     * @param mostLost how many messages are kept that were given up
     */
    Unconfirmed(int mostLost) {
        this.mostLost = mostLost;
    }

    synchronized void add(PendingMessage pending) {
        String clientId = pending.letter().clientId();
        if (clientId != null) {
            waiting.put(clientId, pending);
        }
    }

    synchronized void remove(PendingMessage pending) {
        String clientId = pending.letter().clientId();
        if (clientId != null) {
            waiting.remove(clientId, pending);
            lost.remove(clientId, pending);
        }
    }

    /** Was looked for in vain, and may turn up all the same. */
    synchronized void giveUp(PendingMessage pending) {
        String clientId = pending.letter().clientId();
        if (clientId != null && waiting.remove(clientId, pending)) {
            lost.put(clientId, pending);
            if (lost.size() > mostLost) {
                lost.remove(lost.keySet().iterator().next());
            }
        }
    }

    synchronized @Nullable PendingMessage find(String clientId) {
        PendingMessage pending = waiting.get(clientId);
        return pending == null ? lost.get(clientId) : pending;
    }

    synchronized List<PendingMessage> waiting() {
        return List.copyOf(waiting.values());
    }
}
