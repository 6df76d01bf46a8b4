package io.github.conversations4j.emulator;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Where the chance of an emulator comes from: the same on every run if a seed is given. Thread-safe. */
final class RandomSource implements RandomGenerator {
    private final RandomGenerator seeded;

    private RandomSource(long seed) {
        this.seeded = new SplittableRandom(seed);
    }

    static RandomGenerator of(@Nullable Long seed) {
        return seed == null ? new SecureRandom() : new RandomSource(seed);
    }

    @Override
    public synchronized long nextLong() {
        return seeded.nextLong();
    }
}
