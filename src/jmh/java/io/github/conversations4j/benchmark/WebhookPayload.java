package io.github.conversations4j.benchmark;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one request that all webhook benchmarks are fed: an {@code onMessageAdded} of 15 fields with text outside ASCII and
 * attributes, 972 bytes of body, 766 bytes signed. The same for everybody, so only ratios within a run count.
 */
final class WebhookPayload {
    static final String URL = "https://chat.example.com/twilio/conversations/webhook";
    static final String ACCOUNT_SID = "AC00000000000000000000000000000001";
    static final String AUTH_TOKEN = "0123456789abcdef0123456789abcdef";
    static final String CHAT_SERVICE_SID = "IS00000000000000000000000000000002";
    /** The number in {@link #CONVERSATION_SID}. */
    static final int CONVERSATION = 3;

    static final String CONVERSATION_SID = "CH00000000000000000000000000000003";
    /** As it stands in the form. */
    static final String INDEX = "Index=1234";

    static final String MESSAGE_SID = "IM00000000000000000000000000000004";
    static final String TEXT =
            "Grüß dich, Zoë! Kommt ihr heute um ½9 auf einen Kaffee? ☕ Bis später… Привет друзья 日本語★🎉";
    static final String AUTHOR = "alice";

    static final String ATTRIBUTES = "{\"priority\":\"high\",\"tags\":[\"billing\",\"vip\",\"follow-up\"],"
            + "\"customer\":{\"id\":481516,\"name\":\"Jane\",\"premium\":true},"
            + "\"replyTo\":\"IM00000000000000000000000000000009\",\"score\":0.8,\"n\":1}";
    private static final int BODY_BYTES = 972;
    private static final int SIGNED_BYTES = 766;

    private final Map<String, String> parameters = new LinkedHashMap<>();

    WebhookPayload() {
        parameters.put("EventType", "onMessageAdded");
        parameters.put("AccountSid", ACCOUNT_SID);
        parameters.put("ChatServiceSid", CHAT_SERVICE_SID);
        parameters.put("ConversationSid", CONVERSATION_SID);
        parameters.put("MessageSid", MESSAGE_SID);
        parameters.put("MessagingServiceSid", "MG00000000000000000000000000000005");
        parameters.put("ParticipantSid", "MB00000000000000000000000000000006");
        parameters.put("Index", "1234");
        parameters.put("DateCreated", "2026-11-22T12:34:56.789Z");
        parameters.put("Author", AUTHOR);
        parameters.put("ClientIdentity", AUTHOR);
        parameters.put("Source", "SDK");
        parameters.put("RetryCount", "0");
        parameters.put("Body", TEXT);
        parameters.put("Attributes", ATTRIBUTES);
        requireSize("body", BODY_BYTES, body().length);
        requireSize("signed text", SIGNED_BYTES, signedText().getBytes(StandardCharsets.UTF_8).length);
    }

    Map<String, String> parameters() {
        return Map.copyOf(parameters);
    }

    byte[] body() {
        return parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** What {@code X-Twilio-Signature} says. Made with the JDK alone, so it checks whoever verifies it. */
    String signature() {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(AUTH_TOKEN.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signedText().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HmacSHA1", e);
        }
    }

    private String signedText() {
        StringBuilder text = new StringBuilder(URL);
        new TreeMap<>(parameters).forEach((name, value) -> text.append(name).append(value));
        return text.toString();
    }

    private static void requireSize(String what, int expected, int actual) {
        if (expected != actual) {
            throw new IllegalStateException(
                    "the " + what + " has " + actual + " bytes, but figures are compared at " + expected);
        }
    }
}
