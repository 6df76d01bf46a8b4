package io.github.conversations4j.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.model.Attributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the fields of one resource. Confined to one thread.
 *
 * @param node the JSON object
 */
record Resource(JsonNode node) {
    private static final Logger log = LoggerFactory.getLogger(Resource.class);
    private static final List<DateTimeFormatter> DATES =
            List.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME, DateTimeFormatter.RFC_1123_DATE_TIME);
    private static final int SHOWN = 40;

    /** Text that must be there. */
    String required(String field) {
        String text = text(field);
        if (text == null || text.isEmpty()) {
            throw new MalformedResourceException("the answer has a resource without \"" + field + '"');
        }
        return text;
    }

    /** A number that must be there. */
    int requiredInt(String field) {
        Integer number = integer(field);
        if (number == null) {
            throw new MalformedResourceException("the answer has a resource without a number \"" + field + '"');
        }
        return number;
    }

    @Nullable
    String text(String field) {
        return node.path(field).textValue();
    }

    @Nullable
    Integer integer(String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() && value.canConvertToInt() ? value.intValue() : null;
    }

    @Nullable
    Long longInteger(String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
    }

    @Nullable
    Boolean bool(String field) {
        JsonNode value = node.path(field);
        return value.isBoolean() ? value.booleanValue() : null;
    }

    /** JSON as text. */
    Attributes attributes(String field) {
        return Attributes.of(text(field));
    }

    Resource object(String field) {
        return new Resource(node.path(field));
    }

    boolean isObject() {
        return node.isObject();
    }

    /**
     * A date, or null if there is none. What can not be read is said in the log and taken for none: it must not cost the
     * message that carries it.
     */
    @Nullable
    Instant date(String field) {
        String text = text(field);
        if (text == null || text.isBlank()) {
            return null;
        }
        for (DateTimeFormatter format : DATES) {
            try {
                return format.parse(text.strip(), Instant::from);
            } catch (DateTimeException tryTheNext) {
                continue;
            }
        }
        log.warn(
                "{}: {} can not be read as a date and is left out: {}",
                text("sid"),
                field,
                text.substring(0, Math.min(SHOWN, text.length())).replaceAll("\\p{Cntrl}", " "));
        return null;
    }

    /** An enum constant by its name in any case; null if there is none of that name. */
    <E extends Enum<E>> @Nullable E constant(String field, Class<E> type) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        String name = text.toUpperCase(Locale.ROOT);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        return null;
    }
}
