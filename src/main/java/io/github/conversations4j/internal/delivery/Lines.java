package io.github.conversations4j.internal.delivery;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the {@value #REMEMBERED} conversations used last; of an idle one used longer ago, nothing is known. Striped:
 * a conversation is guarded by its {@link #lock}, which its other methods need.
 */
final class Lines {
    private static final int REMEMBERED = 100_000;
    private static final int STRIPES = 64;
    private static final int LOOKED_AT = 8;

    private final Holding holding;
    private final Stripe[] stripes = new Stripe[STRIPES];

    Lines(Holding holding) {
        this.holding = holding;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** The lock that guards a conversation. */
    Object lock(String conversationSid) {
        return stripe(conversationSid);
    }

    private Stripe stripe(String conversationSid) {
        return stripes[(conversationSid.hashCode() * 0x9E3779B9) >>> 26];
    }

    /** The line of a conversation, new if there was none. */
    Line line(String conversationSid) {
        Stripe stripe = stripe(conversationSid);
        Line line = stripe.lines.get(conversationSid);
        if (line == null) {
            line = new Line(new Sequence(conversationSid, holding));
            stripe.lines.put(conversationSid, line);
            stripe.forgetOldest();
        }
        return line;
    }

    /** The line of a conversation; null if there is none. */
    @Nullable
    Line present(String conversationSid) {
        return stripe(conversationSid).lines.get(conversationSid);
    }

    @Nullable
    Line remove(String conversationSid) {
        return stripe(conversationSid).lines.remove(conversationSid);
    }

    boolean contains(Line line) {
        return present(line.sequence.conversationSid()) == line;
    }

    /** Does something to every line, under its lock. */
    void forEach(Consumer<Line> action) {
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                List.copyOf(stripe.lines.values()).forEach(action);
            }
        }
    }

    /** Guarded by itself. */
    private static final class Stripe {
        final LinkedHashMap<String, Line> lines = new LinkedHashMap<>(16, 0.75f, true);

        /** Those that are busy stay; there are few, since what is held is limited. */
        void forgetOldest() {
            Iterator<Line> oldest = lines.values().iterator();
            for (int i = 0; i < LOOKED_AT && lines.size() > REMEMBERED / STRIPES; i++) {
                if (oldest.next().isIdle()) {
                    oldest.remove();
                }
            }
        }
    }
}
