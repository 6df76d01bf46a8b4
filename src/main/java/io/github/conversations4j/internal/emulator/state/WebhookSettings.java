package io.github.conversations4j.internal.emulator.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the webhooks of an account or of a service go. Immutable.
 *
 * @param preUrl who is asked before something happens; null for nobody
 * @param postUrl who is told afterwards; null for nobody
 * @param method {@code GET} or {@code POST}
 * @param filters the names of the events that are told and asked about; an event that is not listed is not sent
 * @param target {@code webhook} or {@code flex}; only stored
 */
public record WebhookSettings(
        @Nullable String preUrl, @Nullable String postUrl, String method, List<String> filters, String target) {
    /** Nobody is told anything. */
    public static final WebhookSettings NONE = new WebhookSettings(null, null, "POST", List.of(), "webhook");

    /** Copies the list. */
    public WebhookSettings {
        filters = List.copyOf(filters);
    }
}
