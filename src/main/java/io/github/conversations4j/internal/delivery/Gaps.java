package io.github.conversations4j.internal.delivery;

/**
 * The indexes below the position of a sequence at which no message was delivered. Some are <em>open</em>: nobody knows
 * whether there are messages. Guarded by whoever keeps the sequence.
 */
final class Gaps {
    private final IndexRanges all = new IndexRanges();
    private final IndexRanges open = new IndexRanges();

    /** There are no messages. */
    void add(int from, int to) {
        all.add(from, to);
    }

    /** Nobody knows whether there are messages. */
    void leaveOpen(int from, int to) {
        all.add(from, to);
        open.add(from, to);
    }

    /** There is a message after all, and it was delivered. */
    void found(int index) {
        all.remove(index);
        open.remove(index);
    }

    /** It is known now that there are no messages, and told where it was not known before. */
    void close(int from, int to, String conversationSid, Gate gate) {
        open.forEach(from, to, (first, last) -> gate.missed(conversationSid, first, last));
        open.remove(from, to);
    }

    boolean contains(int index) {
        return all.contains(index);
    }

    /** Whether nobody knows if there is a message. */
    boolean isOpen(int index) {
        return open.contains(index);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** The lowest open index; the given one if that is lower, or if none is open. */
    int lowestOpen(int otherwise) {
        return open.isEmpty() ? otherwise : Math.min(otherwise, open.lowest());
    }
}
