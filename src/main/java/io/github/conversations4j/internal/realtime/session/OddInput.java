package io.github.conversations4j.internal.realtime.session;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What a session was sent and had no use for, counted by kind. The first of each kind and name is told in the log, so that
 * somebody looks; further ones are only counted, and so are those of further names once there were many, so that a server
 * gone wild fills neither the log nor memory. Thread-safe.
 */
public final class OddInput {
    private static final Logger LOG = LoggerFactory.getLogger(OddInput.class);
    private static final int SHOWN = 80;

    /** How many names of a kind are told. */
    static final int MOST_NAMES = 16;

    /** What is odd about it. */
    public enum Kind {
        /** It is not what its place asks for. */
        UNREADABLE(Level.WARN, "dropped {} that cannot be read"),
        /** It has more bytes than are read. */
        OVERSIZED(Level.WARN, "dropped {} that is larger than allowed"),
        /** A packet whose method says nothing to us. */
        UNKNOWN_METHOD(Level.WARN, "passed over a packet of the unknown method \"{}\""),
        /** A packet or an event whose type says nothing to us. */
        UNKNOWN_TYPE(Level.WARN, "passed over {}, whose type is not known"),
        /** It came before; the server may send again what it sent before a connection was lost, or what we asked for. */
        REPEATED(Level.INFO, "dropped {} that had come before"),
        /** A number was left out, and the server had nothing for it when it was asked. */
        SKIPPED(Level.INFO, "{} left out numbers that were then asked for in vain");

        private final Level level;
        private final String sentence;

        Kind(Level level, String sentence) {
            this.level = level;
            this.sentence = sentence;
        }
    }

    private final AtomicLongArray counts = new AtomicLongArray(Kind.values().length);

    /** The names that were told. Guarded by itself. */
    private final Map<Kind, Set<String>> told = new EnumMap<>(Kind.class);

    /** Nothing odd came yet. */
    public OddInput() {}

    /**
     * Something odd came.
     *
     * @param kind what is odd about it
     * @param what what it is, without what people wrote, and without SIDs: the same for all of its sort
     * @param why what is wrong with it; null if that is said already
     */
    public void note(Kind kind, String what, @Nullable Throwable why) {
        note(kind, what, 1, why);
    }

    /**
     * Several odd things came.
     *
     * @param kind what is odd about them
     * @param what what they are, without what people wrote and without SIDs
     * @param many how many
     */
    public void note(Kind kind, String what, int many) {
        note(kind, what, many, null);
    }

    private void note(Kind kind, String what, int many, @Nullable Throwable why) {
        counts.addAndGet(kind.ordinal(), many);
        String name = what.length() <= SHOWN ? what : what.substring(0, SHOWN);
        boolean last;
        synchronized (told) {
            Set<String> names = told.computeIfAbsent(kind, none -> new HashSet<>());
            if (names.size() >= MOST_NAMES || !names.add(name)) {
                return;
            }
            last = names.size() == MOST_NAMES;
        }
        LOG.atLevel(kind.level)
                .setCause(why)
                .log(
                        kind.sentence + "; further ones "
                                + (last ? "of any name are only counted" : "are only counted"),
                        name.replaceAll("\\p{Cntrl}", " "));
    }

    /**
     * How much of a kind came.
     *
     * @param kind the kind
     * @return the count since the beginning
     */
    public long count(Kind kind) {
        return counts.get(kind.ordinal());
    }

    /** The counts by kind. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Kind kind : Kind.values()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(' ')
                    .append(count(kind));
        }
        return text.toString();
    }
}
