package io.github.conversations4j.internal.emulator.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Things of one kind, found by key and read in pages by the order in which they came. Looking up, adding, removing and
 * finding the start of a page take no longer than logarithmic time. A page is not moved by what is added or removed on
 * other pages, because a cursor names a place and no count.
 *
 * <p>Confined to the lock of its owner.
 *
 * @param <T> the things
 */
final class Shelf<T> {
    private record Slot<T>(long place, T thing) {}

    private final Map<String, Slot<T>> byKey = new HashMap<>();
    private final NavigableMap<Long, T> byPlace = new TreeMap<>();
    private long nextPlace;

    void add(String key, T thing) {
        add(key, nextPlace, thing);
    }

    void add(String key, long place, T thing) {
        byKey.put(key, new Slot<>(place, thing));
        byPlace.put(place, thing);
        nextPlace = Math.max(nextPlace, place + 1);
    }

    void replace(String key, T thing) {
        Slot<T> slot = byKey.get(key);
        if (slot != null) {
            add(key, slot.place, thing);
        }
    }

    @Nullable
    T remove(String key) {
        Slot<T> slot = byKey.remove(key);
        if (slot == null) {
            return null;
        }
        byPlace.remove(slot.place);
        return slot.thing;
    }

    @Nullable
    T find(String key) {
        Slot<T> slot = byKey.get(key);
        return slot == null ? null : slot.thing;
    }

    int size() {
        return byKey.size();
    }

    /** Everything in order; a copy. */
    List<T> all() {
        return List.copyOf(byPlace.values());
    }

    @Nullable
    T last() {
        Map.Entry<Long, T> last = byPlace.lastEntry();
        return last == null ? null : last.getValue();
    }

    /** Counts what stands after a place, no further than a limit. */
    int countAfter(long place, int limit, Predicate<? super T> counted) {
        int count = 0;
        Iterator<T> rest = byPlace.tailMap(place, false).values().iterator();
        while (count < limit && rest.hasNext()) {
            if (counted.test(rest.next())) {
                count++;
            }
        }
        return count;
    }

    ShelfPage<T> page(PageAt at, Predicate<? super T> wanted) {
        NavigableMap<Long, T> listed = at.descending() ? byPlace.descendingMap() : byPlace;
        PageAt.Cursor cursor = at.cursor();
        boolean backwards = cursor != null && cursor.backwards();
        NavigableMap<Long, T> ahead = backwards ? listed.descendingMap() : listed;
        if (cursor != null) {
            ahead = ahead.tailMap(cursor.place(), false);
        }
        List<Map.Entry<Long, T>> found = new ArrayList<>();
        boolean more = false;
        for (Map.Entry<Long, T> entry : ahead.entrySet()) {
            if (wanted.test(entry.getValue())) {
                more = found.size() == at.size();
                if (more) {
                    break;
                }
                found.add(Map.entry(entry.getKey(), entry.getValue()));
            }
        }
        if (backwards) {
            Collections.reverse(found);
        }
        boolean before = backwards ? more : cursor != null && !found.isEmpty();
        boolean after = backwards ? !found.isEmpty() : more;
        return new ShelfPage<>(
                found.stream().map(Map.Entry::getValue).toList(),
                before ? new PageAt.Cursor(found.get(0).getKey(), true) : null,
                after ? new PageAt.Cursor(found.get(found.size() - 1).getKey(), false) : null);
    }
}
