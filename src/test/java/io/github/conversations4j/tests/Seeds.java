package io.github.conversations4j.tests;

import java.util.Random;
import java.util.stream.LongStream;

/**
 * The seeds of tests that go by chance: the same ones in every build, so that a change is not held up by what it has not
 * done, and others each time with {@code mvn verify -Plong}, which finds what nobody thought of. A test prints its own.
 */
public final class Seeds {
    private static final boolean LONG = Boolean.getBoolean("conversations4j.long");
    private static final long FIXED = 20260304;

    private Seeds() {}

    public static LongStream of(int count) {
        Random random = LONG ? new Random() : new Random(FIXED);
        return random.longs(count);
    }
}
