package io.github.conversations4j.internal.commands;

import io.github.conversations4j.internal.wire.IdentityRule;
import io.github.conversations4j.internal.wire.Sid;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Refuses arguments that can not be meant, before any call is made: null, blank, and the SID of something else. Every
 * message names the argument. Stateless.
 */
public final class Arguments {
    private Arguments() {}

    /**
     * Refuses null.
     *
     * @param name the argument, for the message
     * @param value its value
     * @param <T> its type
     * @return the value
     */
    public static <T> T given(String name, @Nullable T value) {
        return Objects.requireNonNull(value, () -> name + ": must not be null");
    }

    /**
     * Refuses null and blank text.
     *
     * @param name the argument, for the message
     * @param value its value
     * @return the value
     */
    public static String text(String name, @Nullable String value) {
        String text = given(name, value);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + ": must not be blank");
        }
        return text;
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
        String given = text(name, value);
        if (!Sid.is(prefix, given)) {
            throw new IllegalArgumentException(
                    name + ": must be " + prefix + " and 32 hexadecimal digits, was \"" + given + '"');
        }
        return given;
    }

    /**
     * Refuses everything but the SID of one kind of thing where there is one.
     *
     * @param name the argument, for the message
     * @param prefix what the SID begins with, such as {@code CH}
     * @param value its value; null for none
     */
    public static void sidIfGiven(String name, String prefix, @Nullable String value) {
        if (value != null) {
            sid(name, prefix, value);
        }
    }

    /**
     * Refuses blank text where there is one.
     *
     * @param name the argument, for the message
     * @param value its value; null for none
     */
    public static void textIfGiven(String name, @Nullable String value) {
        if (value != null) {
            text(name, value);
        }
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
        if (Sid.isAny(given) && !Sid.is(prefix, given)) {
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
        if (Sid.isAny(given)) {
            throw new IllegalArgumentException("identity: \"" + given + "\" is a SID; an identity is needed");
        }
        return IdentityRule.require(given);
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
}
