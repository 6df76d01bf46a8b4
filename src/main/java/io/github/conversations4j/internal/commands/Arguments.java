package io.github.conversations4j.internal.commands;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses arguments that can not be meant, before any call is made: null, blank, and the SID of something else. Every
 * message names the argument. Stateless.
 */
public final class Arguments {
    private static final Pattern SID = Pattern.compile("[A-Z]{2}[0-9a-fA-F]{32}");
    /** What Twilio gives SIDs to in and around Conversations. */
    private static final Set<String> PREFIXES = Set.of(
            "AC", "IS", "CH", "IM", "MB", "US", "RL", "WH", "DY", "IG", "BS", "CR", "MG", "ME", "HX", "FW", "SK");

    private static final int MAX_IDENTITY = 256;

    private Arguments() {}

    /**
     * Refuses null and blank text.
     *
     * @param name the argument, for the message
     * @param value its value
     * @return the value
     */
    public static String text(String name, @Nullable String value) {
        Objects.requireNonNull(value, name + ": must not be null");
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + ": must not be blank");
        }
        return value;
    }

    /**
     * Refuses everything but the SID of one kind of thing.
     *
     * @param name the argument, for the message
     * @param prefix what the SID begins with, such as {@code CH}
     * @param value its value
     * @return the value
     */
    public static String sid(String name, String prefix, @Nullable String value) {
        text(name, value);
        if (value == null || !isSid(value) || !value.startsWith(prefix)) {
            throw new IllegalArgumentException(
                    name + ": must be " + prefix + " and 32 hexadecimal digits, was \"" + value + '"');
        }
        return value;
    }

    /**
     * Refuses what is neither a SID of one kind of thing nor a name for it: a SID of something else was mixed up.
     *
     * @param name the argument, for the message
     * @param prefix what its SIDs begin with, such as {@code CH}
     * @param value its value
     * @return the value
     */
    public static String sidOrName(String name, String prefix, @Nullable String value) {
        String given = text(name, value);
        if (isSid(given) && !given.startsWith(prefix)) {
            throw new IllegalArgumentException(
                    name + ": \"" + given + "\" is the SID of something else; " + prefix + "… or a name is needed");
        }
        return given;
    }

    /**
     * Refuses what can be no identity: Twilio takes at most 256 characters, and nothing that looks like a SID.
     *
     * @param value the identity
     * @return the value
     */
    public static String identity(@Nullable String value) {
        String given = text("identity", value);
        if (given.length() > MAX_IDENTITY) {
            throw new IllegalArgumentException(
                    "identity: must be at most " + MAX_IDENTITY + " characters, was " + given.length());
        }
        if (isSid(given)) {
            throw new IllegalArgumentException("identity: \"" + given + "\" is a SID; an identity is needed");
        }
        return given;
    }

    /**
     * Refuses numbers outside of a range.
     *
     * @param name the argument, for the message
     * @param least the least that is taken
     * @param most the most that is taken
     * @param value its value
     * @return the value
     */
    public static int range(String name, int least, int most, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": must be " + least + " to " + most + ", was " + value);
        }
        return value;
    }

    /**
     * Refuses negative message indexes.
     *
     * @param value the index
     * @return the value
     */
    public static int index(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("index: must not be negative, was " + value);
        }
        return value;
    }

    static boolean isSid(String value) {
        return SID.matcher(value).matches() && PREFIXES.contains(value.substring(0, 2));
    }
}
