package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.internal.wire.Form;
import io.github.conversations4j.internal.wire.MalformedFormException;
import io.github.conversations4j.internal.wire.Pool;
import io.github.conversations4j.source.Sink;
import io.github.conversations4j.source.WebhookRefusal;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.source.WebhookRequest;
import io.github.conversations4j.source.WebhookSource;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heart of the webhook source, a function from request to reply: verified, read, offered, answered. Nothing unverified
 * reaches the sink, and nothing of the content reaches answer or log. Thread-safe; blocks no longer than the sink does.
 *
 * <p>Twilio documents no retry, so an event that finds no room is answered with 503, in case there is one, and its
 * conversation is marked to be compared with Twilio; so is that of an event which meets a defect, answered with 500.
 */
public final class WebhookHandler {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookHandler.class);
    private static final WebhookReply OK = WebhookReply.empty(200);

    private final byte[] accountSid;
    private final Set<String> serviceSids;
    private final SignedRequestReader reader;
    private final Sink sink;
    private final Questions questions;
    private final InstantSource clock;
    private final Refusals refusals = new Refusals();
    private final Pool<Form> forms = new Pool<>(Form::new);
    private volatile boolean closed;

    /**
     * Makes a handler.
     *
     * @param settings what is accepted
     * @param publicUrl the public URL with the port that was bound
     * @param account whose webhooks are accepted
     * @param sink where events go
     * @param decisions decide before something happens
     * @param clock what time it is
     * @throws IllegalArgumentException if there is no auth token to check signatures with
     */
    public WebhookHandler(
            WebhookSource settings,
            String publicUrl,
            WebhookAccount account,
            Sink sink,
            Decisions decisions,
            InstantSource clock) {
        this.accountSid = account.accountSid().getBytes(StandardCharsets.UTF_8);
        this.serviceSids = services(settings, account.serviceSid());
        this.reader = new SignedRequestReader(settings, publicUrl, account.requireAuthToken(settings));
        this.sink = sink;
        this.questions = new Questions(decisions, settings);
        this.clock = clock;
    }

    private static Set<String> services(WebhookSource settings, @Nullable String serviceSid) {
        return settings.serviceSids().isEmpty() && serviceSid != null ? Set.of(serviceSid) : settings.serviceSids();
    }

    /**
     * Handles one request. Never throws.
     *
     * @param request what came, with target and body untouched
     * @return what to answer
     */
    public WebhookReply handle(WebhookRequest request) {
        Form form = forms.take();
        Form verified = null;
        try {
            reader.read(request, form);
            requireOurAccount(form);
            verified = form;
            return answer(request, form);
        } catch (Refused e) {
            return refuse(request, e);
        } catch (MalformedFormException e) {
            return refusals.refuse(request, reason(e), () -> String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return defect(request, e, verified);
        } finally {
            forms.giveBack(form);
        }
    }

    /** Of a verified request the event is lost, and not forgotten. */
    private WebhookReply defect(WebhookRequest request, RuntimeException e, @Nullable Form verified) {
        LOG.error("a webhook could not be handled, its event is lost", e);
        try {
            if (verified != null && isOfOurService(verified)) {
                markIncomplete(new Parameters(verified, clock));
            }
        } catch (RuntimeException again) {
            LOG.error("the conversation of that webhook cannot be compared with Twilio either", again);
        }
        return refusals.refuse(
                request, WebhookRefusal.DEFECT, () -> e.getClass().getName());
    }

    private void markIncomplete(Parameters parameters) {
        String conversationSid = parameters.text(Names.CONVERSATION_SID);
        if (conversationSid != null) {
            sink.markIncomplete(conversationSid);
        }
    }

    /** Counts and logs a request that a server could not even receive. */
    WebhookReply refuse(WebhookRequest request, Refused refused) {
        return refusals.refuse(request, refused.reason(), refused.detail());
    }

    /** Takes no more events. Questions are still answered, since to refuse an answer is to say no. */
    void close() {
        closed = true;
    }

    /**
     * How many requests were refused, by reason.
     *
     * @return a number for each reason
     */
    public Map<WebhookRefusal, Long> refusals() {
        return refusals.counts();
    }

    private void requireOurAccount(Form form) {
        int account = form.indexOf(Names.ACCOUNT_SID);
        if (account < 0 || !form.isValue(account, accountSid)) {
            throw new Refused(WebhookRefusal.ACCOUNT, () -> "AccountSid is another one than that of the credentials");
        }
    }

    private boolean isOfOurService(Form form) {
        if (serviceSids.isEmpty()) {
            return true;
        }
        int service = form.indexOf(Names.CHAT_SERVICE_SID);
        return service < 0 || form.isEmpty(service) || serviceSids.contains(form.value(service));
    }

    private void requireOurService(Form form) {
        if (!isOfOurService(form)) {
            throw new Refused(WebhookRefusal.SERVICE, this::foreignService);
        }
    }

    private String foreignService() {
        return "ChatServiceSid is none of " + serviceSids;
    }

    private WebhookReply answer(WebhookRequest request, Form form) {
        int type = form.indexOf(Names.EVENT_TYPE);
        if (type < 0 || form.isEmpty(type)) {
            throw new Refused(
                    WebhookRefusal.NO_EVENT, () -> "it has no EventType; is another product set to this URL?");
        }
        Parameters parameters = new Parameters(form, clock);
        PostEvent event = PostEvent.named(form, type);
        if (event != null) {
            requireOurService(form);
            return offer(read(event, parameters));
        }
        String name = form.value(type);
        PreEvent question = PreEvent.named(name);
        if (question == null) {
            requireOurService(form);
            return offer(EventReader.unknown(name, parameters));
        }
        if (isOfOurService(form)) {
            return questions.answer(question, parameters);
        }
        // An error would be a veto, and what other services do is none of our business.
        refusals.record(request, WebhookRefusal.SERVICE, OK.status(), this::foreignService);
        return OK;
    }

    private ConversationsEvent read(PostEvent event, Parameters parameters) {
        try {
            return event.read(parameters);
        } catch (UnreadableEventException e) {
            String name = parameters.require(Names.EVENT_TYPE);
            LOG.warn("a signed {} is passed on as Unknown: {}", name, e.getMessage());
            markIncomplete(parameters);
            return EventReader.unknown(name, parameters);
        }
    }

    private WebhookReply offer(ConversationsEvent event) {
        if (closed) {
            throw new Refused(WebhookRefusal.CLOSED, () -> "the client is closed");
        }
        return switch (sink.offer(event)) {
            case ACCEPTED, DUPLICATE -> OK;
            case REFUSED -> {
                if (event instanceof ConversationScoped scoped) {
                    sink.markIncomplete(scoped.conversationSid());
                }
                throw new Refused(
                        WebhookRefusal.NO_ROOM,
                        () -> "there is no room for " + event.meta().id());
            }
            case CLOSED -> throw new Refused(WebhookRefusal.CLOSED, () -> "the client is closed");
        };
    }

    private static WebhookRefusal reason(MalformedFormException e) {
        return switch (e.reason()) {
            case TOO_LARGE -> WebhookRefusal.TOO_LARGE;
            case TOO_MANY_PARAMETERS -> WebhookRefusal.TOO_MANY_PARAMETERS;
            case BAD_PERCENT, BAD_UTF8 -> WebhookRefusal.MALFORMED;
        };
    }
}
