package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.internal.delivery.Reconciler.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The marks of conversations, and whose turn is next: first those with losses, each kind as it became ripe. Beyond
 * {@value #MOST} there are no more, which is logged once until there is none. Guarded by the {@link Reconciliation}.
 */
final class Marks {
    private static final Logger LOG = LoggerFactory.getLogger(Marks.class);
    private static final int MOST = 100_000;

    private final Map<String, Mark> all = new LinkedHashMap<>();
    private final Set<Mark> urgent = new LinkedHashSet<>();
    private final Set<Mark> ripe = new LinkedHashSet<>();
    private boolean overflown;

    @Nullable
    Mark of(String conversationSid) {
        return all.get(conversationSid);
    }

    Collection<Mark> all() {
        return all.values();
    }

    Set<String> conversations() {
        return Set.copyOf(all.keySet());
    }

    /** Makes a mark where there is none; null if there are too many. */
    @Nullable
    Mark add(String conversationSid, Reason reason) {
        if (all.size() >= MOST) {
            if (!overflown) {
                LOG.error("events were lost in more than {} conversations; further ones are left to the sweep", MOST);
            }
            overflown = true;
            return null;
        }
        Mark mark = new Mark(conversationSid, reason);
        all.put(conversationSid, mark);
        return mark;
    }

    /** There is one more reason to compare. */
    void raise(Mark mark, Reason reason) {
        if (reason.compareTo(mark.reason) < 0) {
            mark.reason = reason;
            if (ripe.remove(mark)) {
                urgent.add(mark);
            }
        }
    }

    /** It is compared when its turn comes. */
    void ripen(Mark mark) {
        mark.phase = Mark.Phase.RIPE;
        (mark.reason == Reason.INCOMPLETE ? urgent : ripe).add(mark);
    }

    /** Takes the one whose turn it is, which is being compared from then on; null if none is ripe. */
    @Nullable
    Mark next() {
        Iterator<Mark> first = (urgent.isEmpty() ? ripe : urgent).iterator();
        if (!first.hasNext()) {
            return null;
        }
        Mark mark = first.next();
        first.remove();
        mark.phase = Mark.Phase.COMPARING;
        return mark;
    }

    void remove(Mark mark) {
        all.remove(mark.conversationSid);
        urgent.remove(mark);
        ripe.remove(mark);
        overflown &= !all.isEmpty();
    }

    /** Removes all of them. */
    List<Mark> clear() {
        List<Mark> rest = new ArrayList<>(all.values());
        all.clear();
        urgent.clear();
        ripe.clear();
        return rest;
    }
}
