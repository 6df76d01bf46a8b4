package io.github.conversations4j.internal.delivery;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A few ranges of message indexes. Bounded: of more than {@value #MOST} the lowest is forgotten. Not thread-safe.
 */
final class IndexRanges {
    private static final int MOST = 64;

    /** From the first index of each range to its last; they neither overlap nor touch. */
    private final TreeMap<Integer, Integer> ranges = new TreeMap<>();

    void add(int first, int last) {
        int from = first;
        int to = last;
        Map.Entry<Integer, Integer> below = ranges.floorEntry(last + 1);
        while (below != null && below.getValue() >= from - 1) {
            from = Math.min(from, below.getKey());
            to = Math.max(to, below.getValue());
            ranges.remove(below.getKey());
            below = ranges.floorEntry(last + 1);
        }
        ranges.put(from, to);
        if (ranges.size() > MOST) {
            ranges.pollFirstEntry();
        }
    }

    boolean contains(int index) {
        Map.Entry<Integer, Integer> range = ranges.floorEntry(index);
        return range != null && range.getValue() >= index;
    }

    void remove(int index) {
        remove(index, index);
    }

    void remove(int first, int last) {
        Map.Entry<Integer, Integer> range = ranges.floorEntry(last);
        while (range != null && range.getValue() >= first) {
            ranges.remove(range.getKey());
            if (range.getValue() > last) {
                ranges.put(last + 1, range.getValue());
            }
            if (range.getKey() < first) {
                ranges.put(range.getKey(), first - 1);
            }
            range = ranges.lowerEntry(range.getKey());
        }
    }

    /** Calls somebody with the first and last index of each range, as far as it lies between two indexes. */
    void forEach(int from, int to, BiConsumer<Integer, Integer> action) {
        ranges.forEach((first, last) -> {
            if (last >= from && first <= to) {
                action.accept(Math.max(first, from), Math.min(last, to));
            }
        });
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** The lowest index; there must be one. */
    int lowest() {
        return ranges.firstKey();
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
