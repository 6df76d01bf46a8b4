package io.github.conversations4j.internal.delivery;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last state of each resource that was delivered, by SID; the one used longest ago is forgotten first. Bounded in
 * number and in characters kept. Thread-safe: striped, each stripe under its own lock, which is held for a look-up
 * only.
 */
final class ResourceMemory {
    private static final int STRIPES = 64;

    private final Stripe[] stripes = new Stripe[STRIPES];

    ResourceMemory(int resources, long characters) {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(Math.max(1, resources / STRIPES), Math.max(1, characters / STRIPES));
        }
    }

    /**
     * Decides about a resource and remembers the decision, both at once.
     *
     * @param sid the resource
     * @param decision from what is known (null: nothing) to what is to be remembered; null keeps all as it is. Runs
     *     under a lock: it must be short and call nobody
     * @return what was known before and is now; null if the decision was null
     */
    @Nullable
    Step decide(String sid, Decision decision) {
        Stripe stripe = stripe(sid);
        synchronized (stripe) {
            Known before = stripe.known.get(sid);
            Known now = decision.apply(before);
            if (now == null) {
                return null;
            }
            stripe.put(sid, now);
            return new Step(sid, before, now);
        }
    }

    /** How far the life of a resource was delivered; null if nothing is known of it. */
    @Nullable
    Phase phase(String sid) {
        Stripe stripe = stripe(sid);
        synchronized (stripe) {
            Known known = stripe.known.get(sid);
            return known == null ? null : known.phase();
        }
    }

    /** Takes a step back. If somebody has gone on from it, only that it came to be was not delivered. */
    void undo(Step step) {
        Stripe stripe = stripe(step.sid());
        synchronized (stripe) {
            Known current = stripe.known.get(step.sid());
            if (current != null && current != step.now()) {
                boolean becameAdded = step.before() == null || step.before().phase() != Phase.ADDED;
                if (becameAdded && step.now().phase() == Phase.ADDED && current.phase() == Phase.ADDED) {
                    stripe.put(step.sid(), current.in(Phase.SEEN));
                }
            } else if (current != null && step.before() != null) {
                stripe.put(step.sid(), step.before());
            } else if (current != null) {
                stripe.remove(step.sid());
            }
        }
    }

    /** How many resources are known. */
    int size() {
        int size = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                size += stripe.known.size();
            }
        }
        return size;
    }

    private Stripe stripe(String sid) {
        return stripes[(sid.hashCode() * 0x9E3779B9) >>> 26];
    }

    /** From what is known to what is to be remembered. */
    @FunctionalInterface
    interface Decision {
        @Nullable
        Known apply(@Nullable Known before);
    }

    /** How far the life of a resource was delivered. */
    enum Phase {
        /** Something about it was, but not how it came to be. */
        SEEN,
        /** That it came to be. */
        ADDED,
        /** That it is gone. */
        REMOVED,
        /** That it is gone, but not how it came to be. */
        REMOVED_UNTOLD;

        boolean isOver() {
            return this == REMOVED || this == REMOVED_UNTOLD;
        }
    }

    /**
     * What is known of a resource.
     *
     * @param state its last state: a model record, or the ids of the last events where only those count
     * @param source the event source that told it
     * @param phase how far its life was delivered
     * @param weight about how many characters it keeps in memory
     */
    record Known(Object state, String source, Phase phase, int weight) {
        Known in(Phase next) {
            return new Known(state, source, next, weight);
        }
    }

    /**
     * One change of what is known.
     *
     * @param sid the resource
     * @param before what was known; null for nothing
     * @param now what is known
     */
    record Step(String sid, @Nullable Known before, Known now) {}

    /** Guarded by itself. */
    private static final class Stripe {
        final LinkedHashMap<String, Known> known = new LinkedHashMap<>(16, 0.75f, true);
        final int maxResources;
        final long maxWeight;
        long weight;

        Stripe(int maxResources, long maxWeight) {
            this.maxResources = maxResources;
            this.maxWeight = maxWeight;
        }

        void put(String sid, Known now) {
            Known before = known.put(sid, now);
            weight += now.weight() - (before == null ? 0 : before.weight());
            if (known.size() > maxResources || weight > maxWeight) {
                forgetOldest();
            }
        }

        void remove(String sid) {
            Known before = known.remove(sid);
            weight -= before == null ? 0 : before.weight();
        }

        private void forgetOldest() {
            Iterator<Map.Entry<String, Known>> oldest = known.entrySet().iterator();
            while (known.size() > 1 && (known.size() > maxResources || weight > maxWeight)) {
                weight -= oldest.next().getValue().weight();
                oldest.remove();
            }
        }
    }
}
