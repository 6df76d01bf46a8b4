package io.github.conversations4j.internal.poll;

import io.github.conversations4j.model.Unread;
import org.jspecify.annotations.Nullable;

/**
 * The unread count of the observer in one conversation, as it was read and as it was when messages were last read.
 * Thread-safe.
 *
 * <p>States: <em>unknown</em>, until the list of the observer was read; <em>absent</em>, if it does not take part;
 * <em>without horizon</em>, if it takes part and nothing is counted; <em>counting</em>. Only while counting the counts stand
 * for reading messages.
 */
final class Observation {
    /** Early enough that counts do not stop before the horizon was moved. */
    private static final int NEAR_THE_CAP = Unread.CAP * 9 / 10;

    private static final int NOTHING = -1;

    private boolean absent;
    private boolean joined;
    private int count = NOTHING;
    private int lookedAt = NOTHING;

    /** The observer takes part. */
    synchronized void counted(Unread unread) {
        absent = false;
        joined = true;
        count = unread instanceof Unread.NeverRead ? NOTHING : unread.orElse(0);
    }

    synchronized void isAbsent() {
        absent = true;
        joined = false;
        count = NOTHING;
        lookedAt = NOTHING;
    }

    synchronized boolean wantsToJoin() {
        return absent;
    }

    synchronized boolean isCounting() {
        return joined && count != NOTHING;
    }

    /** Whether messages must be read because the count is another one. */
    synchronized boolean wantsLook() {
        return isCounting() && (count != lookedAt || count >= Unread.CAP);
    }

    /** What messages are to be read for; null if they need not be. */
    synchronized @Nullable Hint hint() {
        if (!wantsLook()) {
            return null;
        }
        return new Hint(count, count < lookedAt ? 0 : count - Math.max(0, lookedAt));
    }

    /**
     * Why messages are to be read.
     *
     * @param count the count that says so
     * @param newMessages how far back to read; 0 if less is unread than before, since then something was removed
     */
    record Hint(int count, int newMessages) {}

    synchronized boolean wantsHorizon() {
        return joined && (count == NOTHING || count >= NEAR_THE_CAP);
    }

    /** Messages were read after a count had been this. */
    synchronized void lookedAt(int whenItWas) {
        lookedAt = whenItWas;
    }

    /** It takes part now, and nothing is counted yet. */
    synchronized void joined() {
        absent = false;
        joined = true;
    }

    /** Everything that was read is behind the horizon now. */
    synchronized void horizonMoved() {
        joined();
        count = 0;
        lookedAt = 0;
    }
}
