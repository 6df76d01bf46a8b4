package io.github.conversations4j.internal.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
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

    static long number(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(name + ": must be a whole number");
        }
        return value.longValue();
    }
}
