package io.github.conversations4j.internal.wire;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Lends objects that are expensive to make and confined to one user at a time. Owned by an instance and collected with
 * it, unlike a {@code ThreadLocal}, which would make one object per virtual thread.
 *
 * <p>Thread-safe and never blocking: when all slots are empty a new object is made, when all are full a returned one is
 * dropped.
 *
 * @param <T> what is lent
 */
public final class Pool<T> {
    private static final int PROBES = 4;

    private final AtomicReferenceArray<T> slots;
    private final int mask;
    private final Supplier<? extends T> maker;

    /**
     * Makes an empty pool with room for about two objects per processor.
     *
     * @param maker makes an object when none is free
     */
    public Pool(Supplier<? extends T> maker) {
        int wanted = Math.max(PROBES, 2 * Runtime.getRuntime().availableProcessors());
        int size = Integer.highestOneBit(wanted - 1) << 1;
        this.slots = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
        this.maker = maker;
    }

    /**
     * Gives an object that nobody else holds.
     *
     * @return a used or a new object
     */
    public T take() {
        int start = start();
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = (start + probe) & mask;
            if (slots.getPlain(slot) != null) {
                T taken = slots.getAndSet(slot, null);
                if (taken != null) {
                    return taken;
                }
            }
        }
        return maker.get();
    }

    /**
     * Takes an object back. The caller must not touch it afterwards.
     *
     * @param used what {@link #take()} gave
     */
    public void giveBack(T used) {
        int start = start();
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = (start + probe) & mask;
            if (slots.getPlain(slot) == null && slots.compareAndSet(slot, null, used)) {
                return;
            }
        }
    }

    /** Threads begin at different slots, so that they seldom meet. */
    private int start() {
        return (int) Thread.currentThread().getId() & mask;
    }
}
