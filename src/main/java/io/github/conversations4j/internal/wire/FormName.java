package io.github.conversations4j.internal.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of a form parameter, made ready to be looked up often. Immutable.
 *
 * <p>Its first eight bytes as a number tell almost any two names apart, and order them as their bytes do.
 */
public final class FormName {
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final String text;
    private final byte[] bytes;
    private final long prefix;

    private FormName(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        this.prefix = prefix(Arrays.copyOf(bytes, Math.max(bytes.length, Long.BYTES)), 0, bytes.length);
    }

    /**
     * Makes a name ready.
     *
     * @param text the decoded name
     * @return the name
     */
    public static FormName of(String text) {
        return new FormName(text);
    }

    /** The first eight bytes of a part of an array, for a shorter one with zeros; reads eight bytes in any case. */
    static long prefix(byte[] text, int start, int end) {
        int missing = Long.BYTES - Math.min(Long.BYTES, end - start);
        // A shift by 64 would be none at all.
        return missing == Long.BYTES ? 0 : (long) BIG_ENDIAN.get(text, start) >>> 8 * missing << 8 * missing;
    }

    long prefix() {
        return prefix;
    }

    boolean is(byte[] text, int start, int end) {
        return end - start == bytes.length
                && (bytes.length <= Long.BYTES
                        ? prefix == prefix(text, start, end)
                        : Arrays.equals(text, start, end, bytes, 0, bytes.length));
    }

    /** The decoded name. */
    @Override
    public String toString() {
        return text;
    }
}
