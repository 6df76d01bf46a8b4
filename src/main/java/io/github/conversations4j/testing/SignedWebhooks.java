package io.github.conversations4j.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.internal.wire.FormCodec;
import io.github.conversations4j.internal.wire.TwilioSignature;
import io.github.conversations4j.internal.wire.WebhookUrl;
import io.github.conversations4j.source.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes webhook requests as Twilio would send them, signed, for tests of code that receives them: through the client's
 * handler, or over HTTP to the whole application. Immutable; the same event always gives the same request.
 *
 * <pre>{@code
 * SignedWebhooks twilio = SignedWebhooks.of("https://chat.example.com/twilio", "AC…", "the auth token of the test");
 * WebhookReply reply = client.webhooks().handle(twilio.request(new MessageAdded(meta, message)));
 * }</pre>
 */
public final class SignedWebhooks {
    private static final FormCodec CODEC = new FormCodec(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String publicUrl;
    private final String accountSid;
    private final TwilioSignature signature;
    private final Transport transport;

    private enum Transport {
        FORM,
        QUERY,
        JSON
    }

    private SignedWebhooks(String publicUrl, String accountSid, TwilioSignature signature, Transport transport) {
        this.publicUrl = publicUrl;
        this.accountSid = accountSid;
        this.signature = signature;
        this.transport = transport;
    }

    /**
     * A factory of POST requests with a form, Twilio's default.
     *
     * @param publicUrl the URL that the requests are signed for
     * @param accountSid the account that they come from, {@code AC…}
     * @param authToken what they are signed with
     * @return the factory
     */
    public static SignedWebhooks of(String publicUrl, String accountSid, String authToken) {
        String url = WebhookUrl.signable(WebhookUrl.requireAbsolute(publicUrl)).get(0);
        return new SignedWebhooks(url, accountSid, new TwilioSignature(List.of(authToken)), Transport.FORM);
    }

    /**
     * A factory of the same requests as GET, with everything in the query.
     *
     * @return a changed copy
     */
    public SignedWebhooks asGet() {
        return new SignedWebhooks(publicUrl, accountSid, signature, Transport.QUERY);
    }

    /**
     * A factory of the same requests as POST with a JSON object, whose hash is in the signed query.
     *
     * @return a changed copy
     */
    public SignedWebhooks asJson() {
        return new SignedWebhooks(publicUrl, accountSid, signature, Transport.JSON);
    }

    /**
     * The request that tells of an event. Of its meta data Twilio sends the origin and the client identity.
     *
     * @param event something that the webhook source can see
     * @return the signed request
     * @throws IllegalArgumentException if no webhook tells of such an event
     */
    public WebhookRequest request(ConversationsEvent event) {
        WebhookParameters parameters = WebhookParameters.of(event);
        return request(parameters.eventType(), parameters.values());
    }

    /**
     * A request with any parameters, for what Twilio may send some day.
     *
     * @param eventType for example {@code onMessageAdded}
     * @param parameters what comes with it, in order; may override {@code AccountSid} and the other common ones
     * @return the signed request
     */
    public WebhookRequest request(String eventType, Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("AccountSid", accountSid);
        all.put("EventType", eventType);
        all.put("Source", "API");
        all.put("RetryCount", "0");
        all.putAll(parameters);
        return switch (transport) {
            case FORM -> form(all);
            case QUERY -> query(all);
            case JSON -> json(all);
        };
    }

    private WebhookRequest form(Map<String, String> parameters) {
        byte[] body = FormCodec.encode(parameters.entrySet());
        return start("POST", publicUrl, signature.sign(publicUrl, CODEC.decode(body)))
                .header(
                        "I-Twilio-Idempotency-Token",
                        UUID.nameUUIDFromBytes(body).toString())
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .body(body)
                .build();
    }

    private WebhookRequest query(Map<String, String> parameters) {
        byte[] query = FormCodec.encode(parameters.entrySet());
        String url = withQuery(new String(query, StandardCharsets.US_ASCII));
        return start("GET", url, signature.sign(url, null))
                .header(
                        "I-Twilio-Idempotency-Token",
                        UUID.nameUUIDFromBytes(query).toString())
                .build();
    }

    private WebhookRequest json(Map<String, String> parameters) {
        byte[] body = JSON.valueToTree(parameters).toString().getBytes(StandardCharsets.UTF_8);
        String url = withQuery("bodySHA256=" + TwilioSignature.bodySha256(body));
        return start("POST", url, signature.sign(url, null))
                .header(
                        "I-Twilio-Idempotency-Token",
                        UUID.nameUUIDFromBytes(body).toString())
                .header("Content-Type", "application/json")
                .body(body)
                .build();
    }

    private String withQuery(String query) {
        return publicUrl + (publicUrl.indexOf('?') < 0 ? '?' : '&') + query;
    }

    private static WebhookRequest.Builder start(String method, String url, String signed) {
        String target = WebhookUrl.target(url);
        return WebhookRequest.builder(method, target.startsWith("/") ? target : "/" + target)
                .header("Accept", "*/*")
                .header("User-Agent", "TwilioProxy/1.1")
                .header("X-Twilio-Signature", signed);
    }
}
