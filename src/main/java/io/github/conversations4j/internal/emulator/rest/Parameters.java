package io.github.conversations4j.internal.emulator.rest;

import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.wire.Form;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request, from its form or its query, read as what they shall be. What cannot be read is refused
 * with the name of the parameter. Names that nobody asks for are ignored, as Twilio does. Immutable.
 */
final class Parameters {
    /** The code for whatever has no code of its own. */
    static final int INVALID = 20422;

    private static final Instant FIRST_DATE = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_DATE = Instant.parse("9999-01-01T00:00:00Z");

    /** Where the last dash within a date stands; one further on belongs to an offset. */
    private static final int DATE_DASHES = 7;

    private final Form form;

    Parameters(Form form) {
        this.form = form;
    }

    /** The first value of a name, as it was given. */
    @Nullable
    String text(String name) {
        return form.first(name);
    }

    String required(String name, int code) {
        String given = text(name);
        if (given == null || given.isEmpty()) {
            throw missing(name, code);
        }
        return given;
    }

    /** All values of a repeated parameter; null if it was not given, empty if it was cleared. */
    @Nullable
    List<String> all(String name) {
        List<String> given = form.all(name);
        return given.isEmpty() ? null : present(given);
    }

    /** All values of a repeated parameter that are not empty. */
    List<String> list(String name) {
        return present(form.all(name));
    }

    private static List<String> present(List<String> given) {
        return given.stream().filter(value -> !value.isEmpty()).toList();
    }

    @Nullable
    Long number(String name, int code) {
        String given = text(name);
        if (given == null || given.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(given);
        } catch (NumberFormatException e) {
            throw TwilioFault.invalid(code, name + " must be a whole number");
        }
    }

    @Nullable
    Boolean flag(String name) {
        String given = text(name);
        if (given == null || given.isEmpty()) {
            return null;
        }
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw TwilioFault.invalid(INVALID, name + " must be true or false");
        };
    }

    /** One of the names of an enum, in any case, which must be given. */
    <E extends Enum<E>> E requiredOneOf(String name, List<E> choices, int missing, int code) {
        E given = oneOf(name, choices, code);
        if (given == null) {
            throw missing(name, missing);
        }
        return given;
    }

    static TwilioFault missing(String name, int code) {
        return TwilioFault.invalid(code, "Missing required parameter " + name + " in the post body");
    }

    /** One of the names of an enum, in any case. */
    <E extends Enum<E>> @Nullable E oneOf(String name, List<E> choices, int code) {
        String given = text(name);
        if (given == null || given.isEmpty()) {
            return null;
        }
        for (E choice : choices) {
            if (choice.name().equalsIgnoreCase(given)) {
                return choice;
            }
        }
        throw TwilioFault.invalid(
                code,
                name + " must be one of "
                        + choices.stream()
                                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                .toList());
    }

    /** A date and time; without an offset it counts as UTC, a date alone as its first moment. */
    @Nullable
    Instant date(String name, int code) {
        String given = text(name);
        if (given == null || given.isEmpty()) {
            return null;
        }
        try {
            Instant date = date(given);
            if (!date.isBefore(FIRST_DATE) && date.isBefore(LAST_DATE)) {
                return date;
            }
        } catch (DateTimeParseException e) {
            throw TwilioFault.invalid(code, name + " must be a date in ISO 8601, such as 2015-12-16T22:18:37Z");
        }
        throw TwilioFault.invalid(code, name + " must have a year of four digits");
    }

    private static Instant date(String given) {
        if (given.indexOf('T') < 0) {
            return LocalDate.parse(given).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        boolean offset = given.endsWith("Z") || given.lastIndexOf('+') > 0 || given.lastIndexOf('-') > DATE_DASHES;
        return offset
                ? OffsetDateTime.parse(given).toInstant()
                : LocalDateTime.parse(given).toInstant(ZoneOffset.UTC);
    }

    /** A duration; an empty text gives zero. */
    @Nullable
    Duration duration(String name, int code) {
        String given = text(name);
        if (given == null) {
            return null;
        }
        if (given.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            Duration duration = Duration.parse(given);
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw TwilioFault.invalid(code, name + " must be a duration in ISO 8601, such as PT1H");
        }
        throw TwilioFault.invalid(code, name + " must be longer than nothing");
    }
}
