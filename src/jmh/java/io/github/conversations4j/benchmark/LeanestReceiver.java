package io.github.conversations4j.benchmark;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The limit: the least that has to be done to a signed {@code onMessageAdded} before a consumer may see it, written for
 * this one event, with everything reused that can be. It has no limits on its input and no errors worth the name, and
 * is nothing to run in production. Confined to one thread.
 */
final class LeanestReceiver {
    private static final int MAX_PARAMETERS = 32;
    private static final byte[] MESSAGE_SID = ascii("MessageSid");
    private static final byte[] CONVERSATION_SID = ascii("ConversationSid");
    private static final byte[] AUTHOR = ascii("Author");
    private static final byte[] BODY = ascii("Body");
    private static final byte[] INDEX = ascii("Index");
    private static final byte[] DATE_CREATED = ascii("DateCreated");
    private static final byte[] ATTRIBUTES = ascii("Attributes");
    private static final byte[] HEX = hexDigits();

    private final Mac mac;
    private final byte[] url;
    private final Consumer<Event> consumer;

    // Of the request at hand: parameter i is decoded into nameStart[i] .. valueStart[i] .. end[i].
    private final byte[] decoded = new byte[8192];
    private final byte[] digest = new byte[20];
    private final int[] nameStart = new int[MAX_PARAMETERS];
    private final int[] valueStart = new int[MAX_PARAMETERS];
    private final int[] end = new int[MAX_PARAMETERS];
    private int count;

    /** The typed event of the limit. */
    record Event(
            String messageSid,
            String conversationSid,
            String author,
            String body,
            long index,
            String dateCreated,
            String attributes) {}

    LeanestReceiver(String url, String authToken, Consumer<Event> consumer) throws GeneralSecurityException {
        this.url = ascii(url);
        this.consumer = consumer;
        this.mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(ascii(authToken), "HmacSHA1"));
    }

    /** Whether the signature is right; only then is the consumer called. */
    boolean receive(byte[] body, String signature) throws GeneralSecurityException {
        decode(body);
        sortByName();
        mac.update(url);
        for (int i = 0; i < count; i++) {
            mac.update(decoded, nameStart[i], end[i] - nameStart[i]);
        }
        mac.doFinal(digest, 0);
        if (!MessageDigest.isEqual(digest, Base64.getDecoder().decode(signature))) {
            return false;
        }
        consumer.accept(new Event(
                value(MESSAGE_SID),
                value(CONVERSATION_SID),
                value(AUTHOR),
                value(BODY),
                Long.parseLong(value(INDEX)),
                value(DATE_CREATED),
                value(ATTRIBUTES)));
        return true;
    }

    private void decode(byte[] body) {
        int to = 0;
        count = 0;
        nameStart[0] = 0;
        for (int from = 0; from < body.length; from++) {
            byte next = body[from];
            if (next == '%') {
                decoded[to++] = (byte) (HEX[body[from + 1]] << 4 | HEX[body[from + 2]]);
                from += 2;
            } else if (next == '=') {
                valueStart[count] = to;
            } else if (next == '&') {
                end[count++] = to;
                nameStart[count] = to;
            } else {
                decoded[to++] = next == '+' ? (byte) ' ' : next;
            }
        }
        end[count++] = to;
    }

    private void sortByName() {
        for (int i = 1; i < count; i++) {
            int name = nameStart[i];
            int value = valueStart[i];
            int stop = end[i];
            int at = i;
            for (; at > 0 && compare(name, value, nameStart[at - 1], valueStart[at - 1]) < 0; at--) {
                nameStart[at] = nameStart[at - 1];
                valueStart[at] = valueStart[at - 1];
                end[at] = end[at - 1];
            }
            nameStart[at] = name;
            valueStart[at] = value;
            end[at] = stop;
        }
    }

    private int compare(int start, int stop, int otherStart, int otherStop) {
        return Arrays.compareUnsigned(decoded, start, stop, decoded, otherStart, otherStop);
    }

    private String value(byte[] name) {
        for (int i = 0; i < count; i++) {
            if (valueStart[i] - nameStart[i] == name.length
                    && Arrays.equals(decoded, nameStart[i], valueStart[i], name, 0, name.length)) {
                return new String(decoded, valueStart[i], end[i] - valueStart[i], StandardCharsets.UTF_8);
            }
        }
        throw new IllegalArgumentException("no parameter " + new String(name, StandardCharsets.US_ASCII));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hexDigits() {
        byte[] values = new byte[128];
        for (int value = 0; value < 16; value++) {
            values[Character.forDigit(value, 16)] = (byte) value;
            values[Character.toUpperCase(Character.forDigit(value, 16))] = (byte) value;
        }
        return values;
    }
}
