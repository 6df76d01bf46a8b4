package io.github.conversations4j.benchmark;

import io.github.conversations4j.internal.wire.FormCodec;
import io.github.conversations4j.internal.wire.TwilioSignature;
import io.github.conversations4j.source.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Many different messages of the one payload, signed beforehand, handed out in turn. The delivery drops what it has seen,
 * so there are more of them than it remembers. Confined to one thread.
 */
final class SignedMessages {
    private static final int COUNT = 1 << 16;

    private final byte[][] bodies = new byte[COUNT][];
    private final String[] signatures = new String[COUNT];
    private int next;

    SignedMessages() {
        String text = new String(new WebhookPayload().body(), StandardCharsets.US_ASCII);
        FormCodec codec = new FormCodec(Integer.MAX_VALUE, Integer.MAX_VALUE);
        TwilioSignature signature = new TwilioSignature(List.of(WebhookPayload.AUTH_TOKEN));
        for (int i = 0; i < COUNT; i++) {
            String sid = String.format("IM%032x", i * 0x9E3779B97F4A7C15L);
            bodies[i] = text.replace(WebhookPayload.MESSAGE_SID, sid).getBytes(StandardCharsets.US_ASCII);
            signatures[i] = signature.sign(WebhookPayload.URL, codec.decode(bodies[i]));
        }
    }

    /** Goes on to the next message. */
    SignedMessages advance() {
        next = (next + 1) % COUNT;
        return this;
    }

    byte[] body() {
        return bodies[next];
    }

    String signature() {
        return signatures[next];
    }

    /** The request as a server would make it of what it received. */
    WebhookRequest request() {
        return WebhookRequest.builder("POST", "/twilio/conversations/webhook")
                .header("Host", "chat.example.com")
                .header("User-Agent", "TwilioProxy/1.1")
                .header("Accept", "*/*")
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .header("Content-Length", "972")
                .header("I-Twilio-Idempotency-Token", "7b0a6a3e-9f0f-4a57-9f9e-0f8f5e4b8c1d")
                .header("X-Twilio-Signature", signature())
                .body(body())
                .build();
    }
}
