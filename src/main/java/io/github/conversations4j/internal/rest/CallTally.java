package io.github.conversations4j.internal.rest;

import io.github.conversations4j.CallCounts;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is sent and what is held back. Thread-safe; the numbers of one moment may be of slightly different ones. */
final class CallTally {
    private final LongAdder sent = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder tooMany = new LongAdder();
    private final LongAdder delayed = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void sent(boolean repeat) {
        sent.increment();
        if (repeat) {
            repeated.increment();
        }
    }

    void tooMany() {
        tooMany.increment();
    }

    void delayed() {
        delayed.increment();
    }

    void refused() {
        refused.increment();
    }

    CallCounts counts(int waiting) {
        return new CallCounts(sent.sum(), repeated.sum(), tooMany.sum(), delayed.sum(), refused.sum(), waiting);
    }
}
