package io.github.conversations4j.internal.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads members of a JSON object that somebody wrote by hand, and names what is wrong with them. Stateless. */
final class Texts {
    private Texts() {}

    static String required(JsonNode body, String name) {
        String value = optional(body, name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + ": must be a text that is not blank");
        }
        return value;
    }

    static @Nullable String optional(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + ": must be a text");
        }
        return value.textValue();
    }

    /** A member that may be any JSON, as the text of it. */
    static String json(JsonNode body, String name) {
        if (!has(body, name)) {
            throw new IllegalArgumentException(name + ": must be there");
        }
        return body.path(name).toString();
    }

    static boolean has(JsonNode body, String name) {
        return !body.path(name).isMissingNode() && !body.path(name).isNull();
    }

    static double share(JsonNode body, String name) {
        if (!body.path(name).isNumber()) {
            throw new IllegalArgumentException(name + ": must be a number from 0 to 1");
        }
        return body.path(name).doubleValue();
    }

    static int small(JsonNode body, String name) {
        long value = number(body, name);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + ": must be 0 to " + Integer.MAX_VALUE + ", was " + value);
        }
        return (int) value;
    }

    static void onlyKnown(JsonNode body, Set<String> known) {
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        name + ": is not known here; there is " + String.join(", ", new TreeSet<>(known)));
            }
        });
    }

    static long notNegative(JsonNode body, String name) {
        long value = number(body, name);
        if (value < 0) {
            throw new IllegalArgumentException(name + ": must not be negative, was " + value);
        }
        return value;
    }

    static long number(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(name + ": must be a whole number");
        }
        return value.longValue();
    }
}
