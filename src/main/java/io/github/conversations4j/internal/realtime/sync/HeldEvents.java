package io.github.conversations4j.internal.realtime.sync;

/** How many events may wait for earlier ones, in all objects of a session together. Confined to the session's lock. */
final class HeldEvents {
    private int free;

    HeldEvents(int limit) {
        this.free = limit;
    }

    boolean take() {
        if (free == 0) {
            return false;
        }
        free--;
        return true;
    }

    void giveBack(int count) {
        free += count;
    }
}
