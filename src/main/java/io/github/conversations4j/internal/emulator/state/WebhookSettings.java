package io.github.conversations4j.internal.emulator.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the webhooks of the account or of a service go. Immutable.
 *
 * @param preUrl who is asked before something happens; null for nobody
 * @param postUrl who is told afterwards; null for nobody
 * @param method {@code GET} or {@code POST}
 * @param filters the names of the events that are told and asked about; an event that is not listed is not sent
 * @param target {@code webhook} or {@code flex}; of the account, and only stored
 */
public record WebhookSettings(
        @Nullable String preUrl, @Nullable String postUrl, String method, List<String> filters, String target) {

    /** Nobody is asked, nobody is told. */
    public static final WebhookSettings NONE = new WebhookSettings(null, null, "POST", List.of(), "webhook");

    private static final int LONGEST_URL = 2048;

    /** Copies the list. */
    public WebhookSettings {
        filters = List.copyOf(filters);
    }

    /**
     * What somebody wants the webhooks to be: what is null is left as it is, an empty text clears. Immutable.
     *
     * @param method {@code GET} or {@code POST}, in any case
     * @param filters the names of the events
     * @param preUrl who is asked before
     * @param postUrl who is told after
     * @param target {@code webhook} or {@code flex}
     */
    public record Draft(
            @Nullable String method,
            @Nullable List<String> filters,
            @Nullable String preUrl,
            @Nullable String postUrl,
            @Nullable String target) {}

    WebhookSettings with(Draft draft) {
        List<String> wanted = EventName.filters(draft.filters, "Filters", false, 50325);
        return new WebhookSettings(
                Rules.url(draft.preUrl, "PreWebhookUrl", 50054, LONGEST_URL, preUrl),
                Rules.url(draft.postUrl, "PostWebhookUrl", 50054, LONGEST_URL, postUrl),
                Rules.oneOf(List.of("GET", "POST"), draft.method, "Method", 50055, method),
                wanted == null ? filters : wanted,
                Rules.oneOf(List.of("webhook", "flex"), draft.target, "Target", 50324, target));
    }
}
