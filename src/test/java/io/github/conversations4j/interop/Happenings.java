package io.github.conversations4j.interop;

import io.github.conversations4j.tests.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What happened and was not asked about yet, in order. Thread-safe.
 *
 * @param <T> what happens
 */
final class Happenings<T> {
    private static final int SHOWN = 15;
    private static final int SHOWN_EACH = 200;

    private final List<T> pending = new ArrayList<>();

    synchronized void add(T happening) {
        pending.add(happening);
        notifyAll();
    }

    /** Takes the first that fits, and waits for it; what does not fit stays. */
    synchronized T await(String what, Predicate<? super T> fits) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Patience.SECONDS);
        while (true) {
            for (int i = 0; i < pending.size(); i++) {
                if (fits.test(pending.get(i))) {
                    return pending.remove(i);
                }
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(
                        what + " did not come within " + Patience.SECONDS + " s. What came last: " + newest());
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    private String newest() {
        return pending.subList(Math.max(0, pending.size() - SHOWN), pending.size()).stream()
                .map(String::valueOf)
                .map(text -> text.substring(0, Math.min(text.length(), SHOWN_EACH)))
                .collect(Collectors.joining(System.lineSeparator() + "  ", System.lineSeparator() + "  ", ""));
    }

    /** All that fit and were not taken, now. */
    synchronized List<T> pending(Predicate<? super T> fits) {
        return pending.stream().filter(fits).toList();
    }
}
