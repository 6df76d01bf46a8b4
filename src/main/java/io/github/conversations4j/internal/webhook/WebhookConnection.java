package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.internal.wire.WebhookUrl;
import io.github.conversations4j.source.SourceConnection;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.source.WebhookRefusal;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.source.WebhookRequest;
import io.github.conversations4j.source.WebhookSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A webhook source that runs, with a receiver of its own or mounted elsewhere. Thread-safe.
 *
 * <p>States: <em>bound</em> (the port is taken, nothing is served), <em>ready</em> (requests are served), <em>closing</em>
 * (events are refused with 503 and what is being handled ends), <em>closed</em> (the port is free). It goes from each to
 * any later one, and fails from <em>bound</em> if the announcement does. An event that is refused while closing is lost
 * to this process, and found later if Twilio still holds it.
 */
public final class WebhookConnection implements SourceConnection {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookConnection.class);

    private final WebhookSource settings;
    private final WebhookHandler handler;
    private final @Nullable WebhookReceiver receiver;
    private final String publicUrl;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private WebhookConnection(
            WebhookSource settings, WebhookAccount account, Decisions decisions, SourceContext context) {
        this.settings = settings;
        this.receiver = settings.isMountedElsewhere() ? null : new WebhookReceiver(settings, context);
        this.publicUrl = receiver == null
                ? settings.publicUrl()
                : WebhookUrl.withBoundPort(settings.publicUrl(), receiver.port());
        this.handler = new WebhookHandler(settings, publicUrl, account, context.sink(), decisions, context.clock());
    }

    /**
     * Binds the receiver, if there is one, and begins to serve.
     *
     * @param settings where to listen and what to accept
     * @param account whose webhooks are accepted
     * @param decisions decide before something happens
     * @param context where events go, and what the client lends
     * @return the running source
     * @throws IllegalArgumentException if there is no auth token to check signatures with
     * @throws io.github.conversations4j.error.ConversationsException if the receiver cannot listen; says where and why
     */
    public static WebhookConnection open(
            WebhookSource settings, WebhookAccount account, Decisions decisions, SourceContext context) {
        account.requireAuthToken(settings);
        WebhookConnection connection = new WebhookConnection(settings, account, decisions, context);
        // A thread of its own because the announcement may block, and a daemon because the server's thread takes after
        // it.
        Thread starter = new Thread(connection::start, "conversations4j-webhook-start");
        starter.setDaemon(true);
        starter.start();
        return connection;
    }

    private void start() {
        try {
            if (receiver != null) {
                receiver.start(handler);
                LOG.info(
                        "webhook receiver listens on {}:{} for {}",
                        settings.bindAddress(),
                        receiver.port(),
                        WebhookUrl.redacted(publicUrl));
            }
            settings.onListening().accept(publicUrl);
            ready.complete(null);
        } catch (Throwable e) {
            // Errors too: whoever waits for the source is to hear of a class that its announcement lacks.
            ready.completeExceptionally(e);
        }
    }

    /**
     * Handles a request that a server of the application has received. Never throws.
     *
     * @param request what came, with target and body untouched
     * @return what to answer
     */
    public WebhookReply handle(WebhookRequest request) {
        return handler.handle(request);
    }

    /**
     * How many requests were refused, by reason.
     *
     * @return a number for each reason
     */
    public Map<WebhookRefusal, Long> refusals() {
        return handler.refusals();
    }

    /**
     * The URL that Twilio is to call.
     *
     * @return the public URL, with the port that was bound in the place of port 0
     */
    public String publicUrl() {
        return publicUrl;
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    @Override
    public CompletionStage<Void> close(Duration limit) {
        handler.close();
        ready.completeExceptionally(new ClientClosedException("webhook source: never became ready"));
        return receiver == null ? CompletableFuture.completedFuture(null) : receiver.close(limit);
    }
}
