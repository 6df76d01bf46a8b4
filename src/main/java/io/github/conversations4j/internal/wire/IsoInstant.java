package io.github.conversations4j.internal.wire;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dates that Twilio sends, {@code 2026-01-31T23:59:58Z} from REST and {@code …58.111Z} from webhooks, in a
 * twentieth of the time that the formatter of the JDK takes.
 */
public final class IsoInstant {
    private static final int SECONDS_END = 19;
    private static final int NANO_DIGITS = 9;

    private IsoInstant() {}

    /**
     * Reads a date.
     *
     * @param text an ISO 8601 date with time and offset
     * @return the moment; null if the text is no such date
     */
    public static @Nullable Instant parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parse(bytes, 0, bytes.length);
    }

    static @Nullable Instant parse(byte[] text, int from, int to) {
        try {
            Instant usual = usual(text, from, to);
            return usual != null
                    ? usual
                    : OffsetDateTime.parse(new String(text, from, to - from, StandardCharsets.UTF_8))
                            .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The two forms that are known from Twilio; null for any other. */
    private static @Nullable Instant usual(byte[] text, int from, int to) {
        int zone = to - from - 1;
        boolean marks = zone >= SECONDS_END
                && zone <= SECONDS_END + 1 + NANO_DIGITS
                && text[from + 4] == '-'
                && text[from + 7] == '-'
                && text[from + 10] == 'T'
                && text[from + 13] == ':'
                && text[from + 16] == ':'
                && text[from + zone] == 'Z'
                && (zone == SECONDS_END || zone > SECONDS_END + 1 && text[from + SECONDS_END] == '.');
        if (!marks) {
            return null;
        }
        int year = number(text, from, from + 4);
        int month = number(text, from + 5, from + 7);
        int day = number(text, from + 8, from + 10);
        int hour = number(text, from + 11, from + 13);
        int minute = number(text, from + 14, from + 16);
        int second = number(text, from + 17, from + SECONDS_END);
        int nanos = zone == SECONDS_END ? 0 : number(text, from + SECONDS_END + 1, from + zone);
        if ((year | month | day | hour | minute | second | nanos) < 0 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        for (int digits = Math.max(0, zone - SECONDS_END - 1); digits < NANO_DIGITS; digits++) {
            nanos *= 10;
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second, nanos);
    }

    /** At most nine digits as a number; negative if there is anything else among them. */
    private static int number(byte[] text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
