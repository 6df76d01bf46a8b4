package io.github.conversations4j.internal.emulator.webhook;

import io.github.conversations4j.internal.emulator.state.Stamp;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One webhook that is to be sent. Immutable.
 *
 * @param name {@code onMessageAdded} …
 * @param stamp when, where and by whom
 * @param conversationSid the conversation it is about; null for a user, or one that is not made yet
 * @param parameters what it tells, in order
 */
record WebhookEvent(String name, Stamp stamp, @Nullable String conversationSid, Map<String, String> parameters) {
    WebhookEvent {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
