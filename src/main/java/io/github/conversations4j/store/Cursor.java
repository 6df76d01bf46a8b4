package io.github.conversations4j.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How far the events of one conversation were delivered. Immutable and small: a store may hold one for each of a hundred
 * thousand conversations.
 *
 * <p>The facts are numbers with short names, and few, so that every store can keep them without knowing what they mean
 * and a later version of the library can add one without a migration. There is no free text and no blob on purpose:
 * what grows with the traffic of a conversation does not belong into its cursor.
 *
 * @param conversation the SID of the conversation, or {@link #WHOLE_SCOPE}
 * @param index the highest message index up to which everything was delivered; {@link #NOTHING} if nothing was
 * @param version which state of this cursor it is, as the store counts it: 0 for one that was never stored
 * @param time when it got where it is, by the clock of its owner; kept in milliseconds
 * @param facts more numbers, at most {@value #MOST_FACTS}, by names of small letters, digits and hyphens
 */
public record Cursor(String conversation, long index, long version, Instant time, Map<String, Long> facts) {
    /** The name of the cursor that belongs to no conversation, for facts that concern a scope as a whole. */
    public static final String WHOLE_SCOPE = "*";

    /** The index of a cursor of a conversation of which no message was delivered. */
    public static final long NOTHING = -1;

    /** How many facts a cursor may hold. */
    public static final int MOST_FACTS = 8;

    private static final Pattern CONVERSATION = Pattern.compile("[0-9A-Za-z_-]{1,64}");
    private static final Pattern FACT = Pattern.compile("[a-z][a-z0-9-]{0,23}");

    /** Checks everything, drops what is finer than a millisecond, and copies the facts. */
    public Cursor {
        if (!conversation.equals(WHOLE_SCOPE)
                && !CONVERSATION.matcher(conversation).matches()) {
            throw new IllegalArgumentException("conversation: must be a SID, or " + WHOLE_SCOPE
                    + " for the scope as a whole, was \"" + conversation + '"');
        }
        if (index < NOTHING) {
            throw new IllegalArgumentException("index: must be " + NOTHING + " or more, was " + index);
        }
        if (version < 0) {
            throw new IllegalArgumentException("version: must be 0 or more, was " + version);
        }
        if (facts.size() > MOST_FACTS) {
            throw new IllegalArgumentException("facts: at most " + MOST_FACTS + " are kept, were " + facts.size());
        }
        time = time.truncatedTo(ChronoUnit.MILLIS);
        facts = Map.copyOf(facts);
        for (String name : facts.keySet()) {
            if (!FACT.matcher(name).matches()) {
                throw new IllegalArgumentException("facts: a name is up to 24 small letters, digits and hyphens and"
                        + " begins with a letter, was \"" + name + '"');
            }
        }
    }

    /**
     * The cursor of a conversation of which nothing was delivered and nothing stored.
     *
     * @param conversation its SID, or {@link #WHOLE_SCOPE}
     * @param time now
     * @return a new cursor with version 0
     */
    public static Cursor of(String conversation, Instant time) {
        return new Cursor(conversation, NOTHING, 0, time, Map.of());
    }

    /**
     * The same cursor further on.
     *
     * @param newIndex up to where everything was delivered
     * @param now when
     * @return a cursor to be saved in place of this one
     */
    public Cursor at(long newIndex, Instant now) {
        return new Cursor(conversation, newIndex, version, now, facts);
    }

    /**
     * The same cursor with one fact more, or another value for it.
     *
     * @param name which fact
     * @param value its value
     * @return a cursor to be saved in place of this one
     */
    public Cursor with(String name, long value) {
        Map<String, Long> all = new TreeMap<>(facts);
        all.put(name, value);
        return new Cursor(conversation, index, version, time, all);
    }

    /**
     * The same cursor without a fact.
     *
     * @param name which fact
     * @return a cursor to be saved in place of this one
     */
    public Cursor without(String name) {
        Map<String, Long> others = new TreeMap<>(facts);
        others.remove(name);
        return new Cursor(conversation, index, version, time, others);
    }

    /**
     * Looks a fact up.
     *
     * @param name which fact
     * @return its value; empty if there is none
     */
    public OptionalLong fact(String name) {
        Long value = facts.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** What the store makes of it. */
    Cursor stored() {
        return new Cursor(conversation, index, version + 1, time, facts);
    }
}
