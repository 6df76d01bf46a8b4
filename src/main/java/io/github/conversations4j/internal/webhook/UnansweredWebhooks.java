package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.internal.wire.Form;
import io.github.conversations4j.internal.wire.FormCodec;
import io.github.conversations4j.internal.wire.MalformedFormException;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.source.WebhookRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is answered where there is nobody to handle a webhook, because the source is not up yet or could not start. Stateless.
 *
 * <p>Events are answered 503. Questions are answered 200, go on: an error would be a veto of what a user does. Nothing of an
 * unsigned request is used but whether it names a question, and whoever forges one learns nothing and changes nothing.
 */
public final class UnansweredWebhooks {
    private static final WebhookReply UNAVAILABLE = WebhookReply.empty(503);
    private static final WebhookReply GO_ON = WebhookReply.empty(200);
    private static final FormCodec CODEC = new FormCodec(256 * 1024, 1_000);

    private UnansweredWebhooks() {}

    /**
     * Answers without reading more than the kind of event.
     *
     * @param request what came
     * @return what to answer
     */
    public static WebhookReply reply(WebhookRequest request) {
        String name = eventType(request);
        return name != null && WebhookNames.before().contains(name) ? GO_ON : UNAVAILABLE;
    }

    private static @Nullable String eventType(WebhookRequest request) {
        String query = request.query();
        byte[] form = request.method().equals("POST")
                ? request.body()
                : (query == null ? "" : query).getBytes(StandardCharsets.UTF_8);
        try {
            Form read = CODEC.decode(form);
            int type = read.indexOf(Names.EVENT_TYPE);
            return type < 0 ? null : read.value(type);
        } catch (MalformedFormException e) {
            // JSON, or nothing that Twilio sends.
            return null;
        }
    }
}
