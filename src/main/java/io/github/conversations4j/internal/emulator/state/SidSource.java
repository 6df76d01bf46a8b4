package io.github.conversations4j.internal.emulator.state;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Makes well-formed SIDs: two letters and 32 hexadecimal digits. With a seeded generator the same calls give the same
 * SIDs. Thread-safe.
 */
public final class SidSource {
    private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]{32}");
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int LENGTH = 34;

    private final RandomGenerator random;

    /**
     * Makes a source.
     *
     * @param random where the digits come from
     */
    public SidSource(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Makes a SID.
     *
     * @param prefix two letters, for example {@code CH}
     * @return a new SID
     */
    public String next(String prefix) {
        char[] sid = new char[LENGTH];
        prefix.getChars(0, 2, sid, 0);
        long high;
        long low;
        synchronized (random) {
            high = random.nextLong();
            low = random.nextLong();
        }
        for (int digit = 0; digit < 16; digit++) {
            sid[2 + digit] = HEX[(int) (high >>> (4 * digit)) & 0xf];
            sid[18 + digit] = HEX[(int) (low >>> (4 * digit)) & 0xf];
        }
        return new String(sid);
    }

    /** Makes a generator of its own out of this one. */
    RandomGenerator split() {
        synchronized (random) {
            return new SplittableRandom(random.nextLong());
        }
    }

    /**
     * Says whether a text is a SID of a kind.
     *
     * @param prefix two letters, for example {@code CH}
     * @param text what to look at
     * @return whether it is well-formed
     */
    public static boolean isSid(String prefix, String text) {
        return text.length() == LENGTH
                && text.startsWith(prefix)
                && DIGITS.matcher(text.substring(2)).matches();
    }
}
