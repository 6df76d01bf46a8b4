package io.github.conversations4j.internal.poll;

import io.github.conversations4j.model.Unread;

/**
 * The unread count of the observer in one conversation, as it was read and as it was when messages were last read. Guarded
 * by the conversation's task.
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
    void counted(Unread unread) {
        absent = false;
        joined = true;
        count = unread instanceof Unread.NeverRead ? NOTHING : unread.orElse(0);
    }

    void isAbsent() {
        absent = true;
        joined = false;
        count = NOTHING;
        lookedAt = NOTHING;
    }

    boolean wantsToJoin() {
        return absent;
    }

    boolean isCounting() {
        return joined && count != NOTHING;
    }

    /** Whether messages must be read because the count is another one. */
    boolean wantsLook() {
        return isCounting() && (count != lookedAt || count >= Unread.CAP);
    }

    /** How far back to read: 0 if less is unread than before, since then something was removed. */
    int newMessages() {
        return count < lookedAt ? 0 : count - Math.max(0, lookedAt);
    }

    boolean wantsHorizon() {
        return joined && (count == NOTHING || count >= NEAR_THE_CAP);
    }

    int count() {
        return count;
    }

    /** Messages were read after a count had been this. */
    void lookedAt(int whenItWas) {
        lookedAt = whenItWas;
    }

    /** Everything that was read is behind the horizon now. */
    void horizonMoved() {
        absent = false;
        joined = true;
        count = 0;
        lookedAt = 0;
    }
}
