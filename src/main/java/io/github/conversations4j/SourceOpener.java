package io.github.conversations4j;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.poll.PollConnection;
import io.github.conversations4j.internal.webhook.Decisions;
import io.github.conversations4j.internal.webhook.WebhookAccount;
import io.github.conversations4j.internal.webhook.WebhookConnection;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.PollSource;
import io.github.conversations4j.source.SourceConnection;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.source.WebhookSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Starts a source of any kind: the one place that knows which settings belong to which room of the library. Immutable.
 *
 * @param credentials those of a back end; null for a participant
 * @param api the way to Twilio of a back end; null for a participant
 * @param isAlone whether the client has one source only
 * @param decisions the before hooks
 * @param context what the client lends to its sources
 * @param receiving reads and answers webhooks
 */
record SourceOpener(
        @Nullable Credentials credentials,
        @Nullable ConversationsApi api,
        boolean isAlone,
        Decisions decisions,
        SourceContext context,
        Executor receiving) {

    SourceConnection open(EventSource source) {
        if (source instanceof EventSource.Connectable connectable) {
            return Objects.requireNonNull(
                    connectable.connect(context), () -> "source " + source.name() + ": connect() returned null");
        }
        if (source instanceof WebhookSource webhook && credentials != null) {
            WebhookAccount account = new WebhookAccount(
                    credentials.accountSid(),
                    credentials.authTokens(),
                    credentials.serviceSid().orElse(null));
            return WebhookConnection.open(webhook, account, decisions, receivingContext());
        }
        if (source instanceof PollSource poll && api != null) {
            return PollConnection.open(poll, api, isAlone, context);
        }
        throw new IllegalStateException("source " + source.name() + ": this kind of client cannot connect it");
    }

    private SourceContext receivingContext() {
        return new SourceContext(context.sink(), context.clock(), context.scheduler(), context.random(), receiving);
    }
}
