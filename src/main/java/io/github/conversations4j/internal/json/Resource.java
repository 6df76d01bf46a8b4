package io.github.conversations4j.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.wire.IsoInstant;
import io.github.conversations4j.model.Attributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the fields of one resource. Confined to one thread.
 *
 * @param node the JSON object
 */
public record Resource(JsonNode node) {
    private static final Logger log = LoggerFactory.getLogger(Resource.class);
    private static final int SHOWN = 40;

    /**
     * Text that must be there.
     *
     * @param field its name
     * @return the text, not empty
     * @throws MalformedResourceException if it is not there
     */
    public String required(String field) {
        String text = text(field);
        if (text == null || text.isEmpty()) {
            throw new MalformedResourceException("the answer has a resource without \"" + field + '"');
        }
        return text;
    }

    /**
     * A number that must be there.
     *
     * @param field its name
     * @return the number
     * @throws MalformedResourceException if it is not there
     */
    public int requiredInt(String field) {
        Integer number = integer(field);
        if (number == null) {
            throw new MalformedResourceException("the answer has a resource without a number \"" + field + '"');
        }
        return number;
    }

    /**
     * Text.
     *
     * @param field its name
     * @return the text; null if there is none
     */
    @Nullable
    public String text(String field) {
        return node.path(field).textValue();
    }

    /**
     * A number.
     *
     * @param field its name
     * @return the number; null if there is none
     */
    @Nullable
    public Integer integer(String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() && value.canConvertToInt() ? value.intValue() : null;
    }

    /**
     * A large number.
     *
     * @param field its name
     * @return the number; null if there is none
     */
    @Nullable
    public Long longInteger(String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
    }

    /**
     * A boolean.
     *
     * @param field its name
     * @return the value; null if there is none
     */
    @Nullable
    public Boolean bool(String field) {
        JsonNode value = node.path(field);
        return value.isBoolean() ? value.booleanValue() : null;
    }

    /**
     * Attributes: JSON as text, as Twilio sends it, or JSON itself.
     *
     * @param field its name
     * @return the attributes
     */
    public Attributes attributes(String field) {
        JsonNode value = node.path(field);
        return Attributes.of(value.isContainerNode() ? value.toString() : value.textValue());
    }

    /**
     * What is nested.
     *
     * @param field its name
     * @return its fields; none if it is not there
     */
    public Resource object(String field) {
        return new Resource(node.path(field));
    }

    /**
     * Whether there are fields at all.
     *
     * @return whether it is a JSON object
     */
    public boolean isObject() {
        return node.isObject();
    }

    /**
     * A date, or null if there is none. What can not be read is said in the log and taken for none: it must not cost the
     * message that carries it.
     *
     * @param field its name
     * @return the date
     */
    public @Nullable Instant date(String field) {
        String text = text(field);
        if (text == null || text.isBlank()) {
            return null;
        }
        Instant date = IsoInstant.parse(text.strip());
        if (date != null) {
            return date;
        }
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
        } catch (DateTimeException e) {
            sayUnreadable(field, text);
            return null;
        }
    }

    private void sayUnreadable(String field, String text) {
        log.warn(
                "{}: {} can not be read as a date and is left out: {}",
                text("sid"),
                field,
                text.substring(0, Math.min(SHOWN, text.length())).replaceAll("\\p{Cntrl}", " "));
    }

    /**
     * An enum constant by its name in any case.
     *
     * @param field its name
     * @param type the enum
     * @param <E> the enum
     * @return the constant; null if there is none of that name
     */
    public <E extends Enum<E>> @Nullable E constant(String field, Class<E> type) {
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
