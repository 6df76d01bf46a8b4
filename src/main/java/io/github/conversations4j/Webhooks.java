package io.github.conversations4j;

import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.rest.RestWebhooks;
import io.github.conversations4j.internal.webhook.UnansweredWebhooks;
import io.github.conversations4j.internal.webhook.WebhookConnection;
import io.github.conversations4j.internal.webhook.WebhookNames;
import io.github.conversations4j.internal.wire.Loopback;
import io.github.conversations4j.model.WebhookSettings;
import io.github.conversations4j.source.WebhookRefusal;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.source.WebhookRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The webhooks of a back end: those that came, and what Twilio is told to send. Thread-safe. */
public final class Webhooks {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

    private final ClientRuntime runtime;

    /** Kept once it is there, because every request asks for it; null before. */
    private volatile @Nullable WebhookConnection connection;

    Webhooks(ClientRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Handles a request that a web server of the application has received: checks its signature, takes its event in, and
     * says what to answer. For a source that is {@linkplain io.github.conversations4j.source.WebhookSource#mountedElsewhere()
     * mounted elsewhere}. Does not wait for hooks.
     *
     * @param request what came, with target and body untouched
     * @return what to answer; as long as the source is not up, if it could not start, and once the client is closed, 503 to
     *     events and 200 to questions, which then nobody decides: an error would be a veto
     * @throws UnsupportedByClientException if the client has no webhook source
     */
    public WebhookReply handle(WebhookRequest request) {
        Arguments.given("request", request);
        WebhookConnection open = open();
        return open == null ? UnansweredWebhooks.reply(request) : open.handle(request);
    }

    /**
     * How many requests were refused since the start, by reason.
     *
     * @return a number for each reason
     * @throws UnsupportedByClientException if the client has no webhook source
     * @throws IllegalStateException if the source is not up yet, or could not start
     */
    public Map<WebhookRefusal, Long> refusals() {
        return connection().refusals();
    }

    /**
     * The URL that Twilio is to call.
     *
     * @return the public URL, with the port that was bound in the place of port 0
     * @throws UnsupportedByClientException if the client has no webhook source
     * @throws IllegalStateException if the source is not up yet, or could not start
     */
    public String publicUrl() {
        return connection().publicUrl();
    }

    /**
     * Reads the settings of the account or of the client's service.
     *
     * @param level {@code ACCOUNT} or {@code SERVICE}
     * @return the settings now
     * @throws UnsupportedByClientException on a participant's client
     * @see <a href="https://www.twilio.com/docs/conversations/api/configuration-resource">Configuration resource</a>
     */
    public Deferred<WebhookSettings> settings(WebhookSettings.Level level) {
        return runtime.deferred(
                "read webhook settings",
                switch (Arguments.given("level", level)) {
                    case ACCOUNT -> rest().ofAccount();
                    case SERVICE -> rest().ofService();
                    case CONVERSATION ->
                        throw new IllegalArgumentException(
                                "level: a conversation has up to five webhooks; use of(sid)");
                });
    }

    /**
     * Reads the webhooks of one conversation.
     *
     * @param conversationSid {@code CH…}
     * @return all of them, at most five
     * @throws UnsupportedByClientException on a participant's client
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-scoped-webhook-resource">Conversation-scoped
     *     webhook resource</a>
     */
    public Deferred<List<WebhookSettings>> of(String conversationSid) {
        Arguments.sid("conversationSid", "CH", conversationSid);
        return runtime.deferred("read the webhooks of " + conversationSid, rest().ofConversation(conversationSid));
    }

    /**
     * Removes a webhook of a conversation.
     *
     * @param webhook one of those that {@link #of} gave
     * @return when it is gone
     * @throws IllegalArgumentException if it is none of a conversation
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-scoped-webhook-resource">Conversation-scoped
     *     webhook resource</a>
     */
    public Deferred<Void> remove(WebhookSettings webhook) {
        String owner = Arguments.given("webhook", webhook).owner();
        String sid = webhook.sid();
        if (webhook.level() != WebhookSettings.Level.CONVERSATION || owner == null || sid == null) {
            throw new IllegalArgumentException("webhook: must be one of a conversation, was " + webhook);
        }
        return runtime.deferred("remove webhook " + sid, rest().remove(owner, sid));
    }

    /**
     * Makes this client known to Twilio: sets its {@linkplain #publicUrl() URL} and adds the events that the hooks
     * registered by now need. What is set for others stays; if the place is taken, it fails unless told otherwise. Questions
     * ({@code onMessageAdd} …) are asked for only if a {@code before…} hook answers them, and dropped if none does any more.
     *
     * <p>Reading and writing are two steps at Twilio: who changes the same settings meanwhile may undo this, or be undone.
     *
     * @param how where, and what else
     * @return the settings afterwards
     * @throws UnsupportedByClientException if the client has no webhook source or no account credentials; in the result
     *     {@link io.github.conversations4j.error.ForeignWebhookException} if somebody else is set, and {@link
     *     IllegalStateException} if there is nothing that the webhook of a conversation could send
     * @throws IllegalStateException if the source is not up yet, or could not start
     * @see <a href="https://www.twilio.com/docs/conversations/conversations-webhooks">Conversations Webhooks</a>
     */
    public Deferred<WebhookSettings> register(WebhookRegistration how) {
        Arguments.given("how", how);
        return runtime.deferred("register the webhook", registrar().register(how));
    }

    /**
     * Compares what Twilio is told to send with what the hooks need. Runs at the start, too, where the result is logged,
     * unless the public URL is one of this machine, which Twilio could not call.
     *
     * @return what is missing
     * @throws UnsupportedByClientException if the client has no webhook source or no account credentials
     * @throws IllegalStateException if the source is not up yet, or could not start
     * @see <a href="https://www.twilio.com/docs/conversations/conversations-webhooks">Conversations Webhooks</a>
     */
    public Deferred<WebhookCheck> check() {
        return runtime.deferred("compare webhook settings", registrar().check());
    }

    /** Says what is missing, once the client is ready. */
    void checkAtStart() {
        HttpUrl url = HttpUrl.parse(publicUrl());
        if (url == null || Loopback.isHost(url.host())) {
            return;
        }
        registrar().check().whenComplete((check, failure) -> {
            if (failure != null) {
                LOG.warn("the webhook settings at Twilio could not be read, so nothing is said about them", failure);
            } else if (check.isComplete()) {
                LOG.info("{}", check);
            } else {
                LOG.warn("{}", check);
            }
        });
    }

    private WebhookRegistrar registrar() {
        return new WebhookRegistrar(
                rest(),
                publicUrl(),
                () -> WebhookNames.after(runtime.dispatcher().listenedTo()),
                () -> Set.copyOf(runtime.decisions().wanted()));
    }

    private RestWebhooks rest() {
        return runtime.restWebhooks();
    }

    private WebhookConnection connection() {
        WebhookConnection open = open();
        if (open == null) {
            runtime.requireOpen("webhooks");
            throw new IllegalStateException(
                    "webhooks: the source is not up yet, or could not start; wait for ready(), which says why");
        }
        return open;
    }

    /** The source that runs; null if it is not up yet, or could not start. */
    private @Nullable WebhookConnection open() {
        WebhookConnection known = connection;
        if (known != null) {
            return known;
        }
        if (!runtime.receivesWebhooks()) {
            throw new UnsupportedByClientException(
                    "webhooks", "this client has no webhook source; use EventSources.webhook(\"https://…\")");
        }
        List<WebhookConnection> open = runtime.sources().open(WebhookConnection.class);
        connection = open.isEmpty() ? null : open.get(0);
        return connection;
    }
}
