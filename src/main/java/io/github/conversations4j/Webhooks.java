package io.github.conversations4j;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.internal.webhook.WebhookConnection;
import io.github.conversations4j.source.WebhookRefusal;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.source.WebhookRequest;
import java.util.List;
import java.util.Map;

/** The webhooks of a back end. Thread-safe. */
public final class Webhooks {
    private static final int UNAVAILABLE = 503;

    private final ClientRuntime runtime;

    Webhooks(ClientRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Handles a request that a web server of the application has received: checks its signature, takes its event in, and
     * says what to answer. For a source that is {@linkplain io.github.conversations4j.source.WebhookSource#mountedElsewhere()
     * mounted elsewhere}. Does not wait for hooks.
     *
     * @param request what came, with target and body untouched
     * @return what to answer; 503 once the client is closed
     * @throws UnsupportedByClientException if the client has no webhook source
     */
    public WebhookReply handle(WebhookRequest request) {
        try {
            return connection().handle(request);
        } catch (ClientClosedException e) {
            return WebhookReply.empty(UNAVAILABLE);
        }
    }

    /**
     * How many requests were refused since the start, by reason.
     *
     * @return a number for each reason
     * @throws UnsupportedByClientException if the client has no webhook source
     */
    public Map<WebhookRefusal, Long> refusals() {
        return connection().refusals();
    }

    /**
     * The URL that Twilio is to call.
     *
     * @return the public URL, with the port that was bound in the place of port 0
     * @throws UnsupportedByClientException if the client has no webhook source
     */
    public String publicUrl() {
        return connection().publicUrl();
    }

    private WebhookConnection connection() {
        List<WebhookConnection> open = runtime.sources().open(WebhookConnection.class);
        if (open.isEmpty()) {
            runtime.requireOpen("webhooks");
            throw new UnsupportedByClientException(
                    "webhooks", "this client has no webhook source; use EventSources.webhook(\"https://…\")");
        }
        return open.get(0);
    }
}
