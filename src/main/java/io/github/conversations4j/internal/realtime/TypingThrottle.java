package io.github.conversations4j.internal.realtime;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the own user said last that they type, so that it can be said on every key press and is sent once in a while.
 * Confined to the session's lock.
 */
final class TypingThrottle {
    private static final int MAX_CONVERSATIONS = 1000;

    /** What the official client assumes until the server has said more. */
    private static final int USUAL_SECONDS = 5;

    private final Map<String, Instant> said = new LinkedHashMap<>();
    private int seconds = USUAL_SECONDS;

    /** How long what was said still holds; null if it has to be said. If so, it counts as said from now on. */
    @Nullable
    Integer holds(String conversationSid, Instant now) {
        Instant last = said.get(conversationSid);
        if (last != null && Duration.between(last, now).toSeconds() < seconds) {
            return seconds;
        }
        said.remove(conversationSid);
        said.put(conversationSid, now);
        if (said.size() > MAX_CONVERSATIONS) {
            said.remove(said.keySet().iterator().next());
        }
        return null;
    }

    /** It was not said after all. */
    void failed(String conversationSid) {
        said.remove(conversationSid);
    }

    /** The server says how long it holds. */
    int told(int newSeconds) {
        if (newSeconds > 0) {
            seconds = newSeconds;
        }
        return seconds;
    }
}
