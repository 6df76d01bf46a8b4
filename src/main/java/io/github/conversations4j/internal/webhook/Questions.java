package io.github.conversations4j.internal.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.source.Draft;
import io.github.conversations4j.source.Undecided;
import io.github.conversations4j.source.Verdict;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.source.WebhookSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Twilio's questions with what the {@code before…} hooks decide, in time. Thread-safe; blocks up to the decision
 * time of the source.
 *
 * <p>Every error status rejects at Twilio, so there is one only if a hook rejects, or if the source was told to reject
 * what is left undecided. A question that nobody has a hook for is answered at once.
 */
final class Questions {
    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    /** To Twilio this means: go on unchanged. */
    private static final WebhookReply GO_ON = WebhookReply.empty(200);

    private static final WebhookReply NO = WebhookReply.empty(403);

    private final Decisions decisions;
    private final Duration time;
    private final Undecided undecided;

    Questions(Decisions decisions, WebhookSource settings) {
        this.decisions = decisions;
        this.time = settings.decisionTime();
        this.undecided = settings.whenUndecided();
    }

    WebhookReply answer(PreEvent event, Parameters parameters) {
        if (!decisions.anyFor(event.type())) {
            return GO_ON;
        }
        try {
            Draft draft = event.read(parameters);
            return reply(await(event, decisions.decide(event.type(), draft)));
        } catch (UnreadableEventException e) {
            LOG.warn("a signed {} was left undecided: {}", event.type(), e.getMessage());
        } catch (RuntimeException e) {
            // Not even a defect of ours may veto what a user does.
            LOG.error("a signed {} was left undecided", event.type(), e);
        }
        return reply(null);
    }

    private @Nullable Verdict await(PreEvent event, CompletableFuture<@Nullable Verdict> verdict) {
        try {
            return verdict.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.warn("before hooks for {} have not decided within {}; it was left undecided", event.type(), time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.error("before hooks for {} failed", event.type(), e.getCause());
        }
        return null;
    }

    private WebhookReply reply(@Nullable Verdict verdict) {
        if (verdict == null) {
            return undecided == Undecided.REJECT ? NO : GO_ON;
        }
        if (verdict.isRejected()) {
            return NO;
        }
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        put(changes, "body", verdict.body());
        put(changes, "author", verdict.author());
        put(
                changes,
                "attributes",
                verdict.attributes() == null ? null : verdict.attributes().json());
        put(changes, "friendly_name", verdict.friendlyName());
        return changes.isEmpty() ? GO_ON : WebhookReply.json(200, changes.toString());
    }

    private static void put(ObjectNode changes, String name, @Nullable String value) {
        if (value != null) {
            changes.put(name, value);
        }
    }
}
