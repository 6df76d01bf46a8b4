package io.github.conversations4j.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conversations4j.internal.wire.Form;
import io.github.conversations4j.internal.wire.FormCodec;
import io.github.conversations4j.internal.wire.TwilioSignature;
import io.github.conversations4j.internal.wire.WebhookUrl;
import io.github.conversations4j.source.WebhookRefusal;
import io.github.conversations4j.source.WebhookRequest;
import io.github.conversations4j.source.WebhookSource;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Twilio has signed, and nothing else: of a GET the query, of a POST with a form the form, of a POST with JSON
 * the body whose hash is part of the signed query. Thread-safe.
 */
final class SignedRequestReader {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    /** A byte of JSON is at most this many bytes of a form. */
    private static final int ESCAPED = 3;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final int maxBytes;
    private final FormCodec codec;
    private final FormCodec membersCodec;
    private final TwilioSignature signature;
    private final PublicUrls urls;

    SignedRequestReader(WebhookSource settings, String publicUrl, List<String> authTokens) {
        this.maxBytes = settings.maxBodyBytes();
        this.codec = new FormCodec(settings.maxBodyBytes(), settings.maxParameters());
        this.membersCodec = new FormCodec(
                (int) Math.min(Integer.MAX_VALUE, (long) ESCAPED * settings.maxBodyBytes()), settings.maxParameters());
        this.signature = new TwilioSignature(authTokens);
        this.urls = new PublicUrls(settings, publicUrl);
    }

    /**
     * Reads a request.
     *
     * @param request what came
     * @param into filled with the parameters that were signed
     * @throws Refused if the request is not signed or not well-formed
     * @throws io.github.conversations4j.internal.wire.MalformedFormException if the form or the query is not well-formed
     */
    void read(WebhookRequest request, Form into) {
        if (request.body().length > maxBytes) {
            throw new Refused(WebhookRefusal.TOO_LARGE, () -> "the body is longer than " + maxBytes + " bytes");
        }
        switch (request.method()) {
            case "GET" -> readQuery(request, into);
            case "POST" -> readBody(request, into);
            default -> throw new Refused(WebhookRefusal.METHOD, () -> "only GET and POST are webhooks");
        }
    }

    private void readQuery(WebhookRequest request, Form into) {
        String query = request.query();
        codec.decode((query == null ? "" : query).getBytes(UTF_8), into);
        verify(request, urls.forQuery(request), null);
    }

    private void readBody(WebhookRequest request, Form into) {
        String contentType = request.header("Content-Type");
        if (isType(contentType, FORM)) {
            codec.decode(request.body(), into);
            verify(request, urls.forPost(request), into);
        } else if (isType(contentType, JSON)) {
            readJson(request, into);
        } else {
            throw new Refused(
                    WebhookRefusal.CONTENT_TYPE, () -> "the content of a POST is signed only in a form or as JSON");
        }
    }

    private void readJson(WebhookRequest request, Form into) {
        String query = request.query();
        String hash = query == null ? null : codec.decode(query).first("bodySHA256");
        if (hash == null) {
            throw new Refused(WebhookRefusal.CONTENT_TYPE, () -> "JSON without bodySHA256 in the query is not signed");
        }
        verify(request, urls.forQuery(request), null);
        String actual = TwilioSignature.bodySha256(request.body());
        if (!MessageDigest.isEqual(
                actual.getBytes(UTF_8), hash.toLowerCase(Locale.ROOT).getBytes(UTF_8))) {
            throw new Refused(WebhookRefusal.BODY_HASH, () -> "the body is not the one whose hash was signed");
        }
        membersCodec.decode(FormCodec.encode(members(request.body())), into);
    }

    /** The members of a JSON object as parameters: texts as they are, all else as JSON. */
    private static List<Map.Entry<String, String>> members(byte[] json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (IOException e) {
            throw new Refused(WebhookRefusal.MALFORMED, () -> "the body is no JSON");
        }
        if (!root.isObject()) {
            throw new Refused(WebhookRefusal.MALFORMED, () -> "the JSON is no object");
        }
        List<Map.Entry<String, String>> members = new ArrayList<>(root.size());
        root.properties().forEach(member -> {
            JsonNode value = member.getValue();
            String text = value.isNull() ? "" : value.isTextual() ? value.textValue() : value.toString();
            members.add(Map.entry(member.getKey(), text));
        });
        return members;
    }

    private void verify(WebhookRequest request, List<String> candidates, @Nullable Form form) {
        String header = request.header("X-Twilio-Signature");
        if (header == null) {
            throw new Refused(WebhookRefusal.SIGNATURE, () -> "there is no X-Twilio-Signature");
        }
        if (!signature.verifies(header, candidates, form)) {
            throw new Refused(
                    WebhookRefusal.SIGNATURE,
                    () -> "X-Twilio-Signature fits none of the auth tokens and of the URLs "
                            + candidates.stream().map(WebhookUrl::redacted).toList()
                            + "; the public URL must be character by character what is set at Twilio");
        }
    }

    private static boolean isType(@Nullable String contentType, String expected) {
        if (contentType == null || !contentType.regionMatches(true, 0, expected, 0, expected.length())) {
            return false;
        }
        int after = expected.length();
        while (after < contentType.length() && contentType.charAt(after) == ' ') {
            after++;
        }
        return after == contentType.length() || contentType.charAt(after) == ';';
    }
}
