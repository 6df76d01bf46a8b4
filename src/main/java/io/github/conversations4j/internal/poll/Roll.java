package io.github.conversations4j.internal.poll;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventMeta;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A list that is always read as a whole, compared with what it was. What was told is known from then on, so that a
 * comparison that ends early goes on where it was. Confined to one task.
 *
 * @param <T> the items
 */
final class Roll<T extends Record> {
    private final Poll poll;
    private final Items<T> items;
    private final Map<String, Entry> known = new HashMap<>(4);
    private boolean begun;

    /** What is known of an item, and whether it was there before the start. */
    private record Entry(Seen seen, boolean before) {}

    /**
     * What is listed.
     *
     * @param type the class of an item
     * @param key tells one from all others
     * @param name who it is; null for nobody
     * @param created when it came to be
     * @param size about how many characters one keeps in memory
     * @param events how changes are told
     */
    record Items<T>(
            Class<T> type,
            Function<T, String> key,
            Function<T, @Nullable String> name,
            Function<T, @Nullable Instant> created,
            Function<T, Integer> size,
            Events<T> events) {}

    /** How changes of an item are told. */
    interface Events<T> {
        /** The event of an item that came to be. */
        ConversationsEvent added(Meta meta, T now);

        /** The event of an item that changed; null if what changed is nothing to tell. */
        @Nullable
        ConversationsEvent updated(Meta meta, @Nullable T before, T now);

        /** The event of an item that is gone; null if nobody can be told. */
        @Nullable
        ConversationsEvent removed(Meta meta, Seen seen, @Nullable T last);
    }

    /** Makes meta data of an id and a time. */
    interface Meta extends BiFunction<String, @Nullable Instant, EventMeta> {}

    Roll(Poll poll, Items<T> items) {
        this.poll = poll;
        this.items = items;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Begins with a list that was there before: what is older than the start is taken as known. */
    void begin(List<T> now) {
        if (!begun) {
            for (T item : now) {
                if (!poll.isNew(items.created().apply(item))) {
                    know(item, true, false);
                }
            }
            begun = true;
        }
        compare(now, any -> false, false);
    }

    /** Begins with a list that is new: everything in it is. */
    void beginEmpty() {
        begun = true;
    }

    /**
     * Compares.
     *
     * @param now the whole list
     * @param isThere whether an item is there though the list does not show it; asked when that may be
     * @param again whether to offer what was told before once more, because it may have been lost on its way
     * @return whether anything had changed
     */
    boolean compare(List<T> now, Predicate<Seen> isThere, boolean again) {
        boolean changed = false;
        Set<String> listed = new HashSet<>();
        for (T item : now) {
            if (listed.add(items.key().apply(item))) {
                changed |= compare(item, again);
            }
        }
        for (Entry entry : List.copyOf(known.values())) {
            if (!listed.contains(entry.seen().sid()) && !isThere.test(entry.seen())) {
                removed(entry.seen());
                changed = true;
            }
        }
        return changed;
    }

    private boolean compare(T now, boolean again) {
        String key = items.key().apply(now);
        Entry entry = known.get(key);
        Meta meta = poll.teller()::meta;
        if (entry == null) {
            poll.teller().tell(items.events().added(meta, now));
        } else if (!entry.seen().isStill(now)) {
            updated(meta, poll.states().of(key, items.type()), now);
        } else {
            if (again && entry.seen().told()) {
                offerAgain(now, entry.before());
            }
            return false;
        }
        know(now, entry != null && entry.before(), true);
        return true;
    }

    private void offerAgain(T now, boolean before) {
        Meta meta = (id, time) -> poll.teller().meta(id, time).asRecovered();
        if (before || !poll.teller().tell(items.events().added(meta, now))) {
            updated(meta, null, now);
        }
    }

    private void updated(Meta meta, @Nullable T before, T now) {
        ConversationsEvent event = items.events().updated(meta, before, now);
        if (event != null) {
            poll.teller().tell(event);
        }
    }

    private void removed(Seen seen) {
        ConversationsEvent event =
                items.events().removed(poll.teller()::meta, seen, poll.states().of(seen.sid(), items.type()));
        if (event != null) {
            poll.teller().tell(event);
        }
        known.remove(seen.sid());
        poll.states().forget(seen.sid());
    }

    private void know(T item, boolean before, boolean told) {
        Seen seen = Seen.of(items.key().apply(item), item, items.name().apply(item), told);
        known.put(seen.sid(), new Entry(seen, before));
        poll.states().keep(seen.sid(), item, items.size().apply(item));
    }
}
