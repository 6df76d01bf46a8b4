package io.github.conversations4j.benchmark;

import io.github.conversations4j.internal.wire.FormCodec;
import io.github.conversations4j.internal.wire.TwilioSignature;
import io.github.conversations4j.source.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The messages of some conversations, which take turns, each by index, made of the one payload. The delivery drops what it
 * has seen, so each is another one: those of the first round are signed beforehand, those of further rounds when their turn
 * comes. Confined to one thread.
 */
final class SignedMessages {
    private static final int COUNT = 1 << 16;

    private final String text = new String(new WebhookPayload().body(), StandardCharsets.US_ASCII);
    private final FormCodec codec = new FormCodec(Integer.MAX_VALUE, Integer.MAX_VALUE);
    private final TwilioSignature signature = new TwilioSignature(List.of(WebhookPayload.AUTH_TOKEN));
    private final int sender;
    private final int conversations;
    private final byte[][] bodies;
    private final String[] signatures;
    private int message = -1;
    private int next;

    /** Those of one conversation. */
    SignedMessages() {
        this(0, 1, COUNT);
    }

    /**
     * Those of several conversations.
     *
     * @param sender a small number; those of another one have other conversations
     * @param conversations how many take turns
     * @param beforehand how many messages are signed beforehand
     */
    SignedMessages(int sender, int conversations, int beforehand) {
        this.sender = sender;
        this.conversations = conversations;
        this.bodies = new byte[beforehand][];
        this.signatures = new String[beforehand];
        for (int i = 0; i < beforehand; i++) {
            sign(i);
        }
    }

    private void sign(int number) {
        String sid = String.format("IM%032x", (((long) sender << Integer.SIZE) + number) * 0x9E3779B97F4A7C15L);
        String conversationSid =
                String.format("CH%032x", WebhookPayload.CONVERSATION + sender * conversations + number % conversations);
        byte[] body = text.replace(WebhookPayload.MESSAGE_SID, sid)
                .replace(WebhookPayload.CONVERSATION_SID, conversationSid)
                .replace(WebhookPayload.INDEX, "Index=" + number / conversations)
                .getBytes(StandardCharsets.US_ASCII);
        int place = number % bodies.length;
        bodies[place] = body;
        signatures[place] = signature.sign(WebhookPayload.URL, codec.decode(body));
    }

    /** Goes on to the next message. */
    SignedMessages advance() {
        message++;
        next = message % bodies.length;
        if (message >= bodies.length) {
            sign(message);
        }
        return this;
    }

    /** Whether the last message that was signed beforehand was handed out. */
    boolean isThrough() {
        return message == bodies.length - 1;
    }

    /** Begins again with the first message, for somebody who has not seen it. */
    void rewind() {
        message = -1;
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
