package io.github.conversations4j.internal.emulator.state;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes well-formed SIDs: two letters and 32 hexadecimal digits. With a seeded generator the same calls give the same
 * SIDs. Thread-safe.
 */
public final class SidSource {
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
}
