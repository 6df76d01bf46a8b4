package io.github.conversations4j.internal.wire;

import io.github.conversations4j.internal.wire.MalformedFormException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads and writes {@code application/x-www-form-urlencoded}. Reading is one pass over the bytes and strict: a broken
 * escape or text that is not UTF-8 is an error and never a replacement character, because what is read must be what was
 * signed.
 *
 * <p>Immutable and thread-safe; a {@link Form} that is filled again is not.
 */
public final class FormCodec {
    private static final int NO_VALUE = -1;
    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIGIT_VALUES = digitValues();

    private final int maxBytes;
    private final int maxParameters;

    /**
     * Makes a codec that reads no more than it is told.
     *
     * @param maxBytes the largest encoded text
     * @param maxParameters the largest number of parameters
     */
    public FormCodec(int maxBytes, int maxParameters) {
        this.maxBytes = maxBytes;
        this.maxParameters = maxParameters;
    }

    /**
     * Reads a form.
     *
     * @param encoded the encoded text
     * @return a new form
     * @throws MalformedFormException if it is too large or not well-formed
     */
    public Form decode(byte[] encoded) {
        return decode(encoded, new Form());
    }

    /**
     * Reads the query of a URL.
     *
     * @param query what stands after the question mark
     * @return a new form
     * @throws MalformedFormException if it is too large or not well-formed
     */
    public Form decode(String query) {
        return decode(query.getBytes(StandardCharsets.UTF_8), new Form());
    }

    /**
     * Reads a form into one that was used before. Parameters without {@code =} have an empty value; nothing between two
     * {@code &} is no parameter.
     *
     * @param encoded the encoded text
     * @param into what to fill; after an exception its content is undefined
     * @return the filled form
     * @throws MalformedFormException if it is too large or not well-formed
     */
    public Form decode(byte[] encoded, Form into) {
        if (encoded.length > maxBytes) {
            throw new MalformedFormException(Reason.TOO_LARGE, maxBytes);
        }
        into.clear(encoded.length);
        byte[] text = into.text();
        int written = 0;
        int valueStart = NO_VALUE;
        int seen = 0;
        for (int read = 0; read < encoded.length; read++) {
            byte next = encoded[read];
            if (next == '&') {
                add(into, valueStart, written, seen);
                valueStart = NO_VALUE;
                seen = 0;
                continue;
            }
            if (next == '=' && valueStart == NO_VALUE) {
                valueStart = written;
                continue;
            }
            if (next == '%') {
                next = unescape(encoded, read);
                read += 2;
            } else if (next == '+') {
                next = ' ';
            }
            text[written++] = next;
            seen |= next;
        }
        add(into, valueStart, written, seen);
        return into;
    }

    /** Closes a parameter; the sign of {@code seen} tells whether any of its bytes is outside ASCII. */
    private void add(Form into, int valueStart, int end, int seen) {
        int nameStart = into.end();
        if (valueStart == NO_VALUE && end == nameStart) {
            return;
        }
        if (into.size() == maxParameters) {
            throw new MalformedFormException(Reason.TOO_MANY_PARAMETERS, maxParameters);
        }
        int nameEnd = valueStart == NO_VALUE ? end : valueStart;
        byte[] text = into.text();
        if (seen < 0 && !(Utf8.isWellFormed(text, nameStart, nameEnd) && Utf8.isWellFormed(text, nameEnd, end))) {
            throw new MalformedFormException(Reason.BAD_UTF8, end);
        }
        into.add(nameEnd, end);
    }

    private static byte unescape(byte[] encoded, int percent) {
        if (percent + 2 < encoded.length) {
            int value = DIGIT_VALUES[encoded[percent + 1] & 0xFF] << 4 | DIGIT_VALUES[encoded[percent + 2] & 0xFF];
            if (value >= 0) {
                return (byte) value;
            }
        }
        throw new MalformedFormException(Reason.BAD_PERCENT, percent);
    }

    /**
     * Writes parameters, in the order given.
     *
     * @param parameters names and values; names may repeat, both may be empty
     * @return the encoded text, all ASCII
     */
    public static byte[] encode(Iterable<? extends Map.Entry<String, String>> parameters) {
        byte[] out = new byte[256];
        int written = 0;
        for (Map.Entry<String, String> parameter : parameters) {
            byte[] name = parameter.getKey().getBytes(StandardCharsets.UTF_8);
            byte[] value = parameter.getValue().getBytes(StandardCharsets.UTF_8);
            int most = written + 3 * (name.length + value.length) + 2;
            if (most > out.length) {
                out = Arrays.copyOf(out, Math.max(most, 2 * out.length));
            }
            if (written > 0) {
                out[written++] = '&';
            }
            written = escape(name, out, written);
            out[written++] = '=';
            written = escape(value, out, written);
        }
        return Arrays.copyOf(out, written);
    }

    private static int escape(byte[] text, byte[] out, int from) {
        int written = from;
        for (byte next : text) {
            if (isUnreserved(next)) {
                out[written++] = next;
            } else if (next == ' ') {
                out[written++] = '+';
            } else {
                out[written++] = '%';
                out[written++] = DIGITS[next >> 4 & 0xF];
                out[written++] = DIGITS[next & 0xF];
            }
        }
        return written;
    }

    private static boolean isUnreserved(byte next) {
        return next >= 'a' && next <= 'z'
                || next >= 'A' && next <= 'Z'
                || next >= '0' && next <= '9'
                || next == '-'
                || next == '.'
                || next == '_'
                || next == '*';
    }

    /** Negative for what is no hexadecimal digit, also after a shift and an or. */
    private static byte[] digitValues() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int value = 0; value < 16; value++) {
            values[Character.toUpperCase(Character.forDigit(value, 16))] = (byte) value;
            values[Character.forDigit(value, 16)] = (byte) value;
        }
        return values;
    }
}
