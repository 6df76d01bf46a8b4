package io.github.conversations4j.internal.wire;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the dates that Twilio sends, {@code 2026-01-31T23:59:58Z} from REST and {@code …58.111Z} from webhooks,
 * in a twentieth of the time that the formatter of the JDK takes.
 */
public final class IsoInstant {
    private static final int SECONDS_END = 19;
    private static final int NANO_DIGITS = 9;

    /** Of the years from 0 to 9999. */
    private static final long FIRST_SECOND = LocalDate.of(0, 1, 1).toEpochDay() * 86_400;

    private static final long LAST_SECOND = LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400 - 1;

    private IsoInstant() {}

    /**
     * Writes a date as {@link Instant#toString} does.
     *
     * @param moment the moment
     * @return the date, with no, three, six or nine digits of the second
     */
    public static String text(Instant moment) {
        long seconds = moment.getEpochSecond();
        if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
            return moment.toString();
        }
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400));
        int time = Math.floorMod(seconds, 86_400);
        byte[] text = new byte[SECONDS_END + 1 + NANO_DIGITS + 1];
        digits(text, 0, 4, day.getYear());
        text[4] = '-';
        digits(text, 5, 2, day.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, day.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, time / 3600);
        text[13] = ':';
        digits(text, 14, 2, time / 60 % 60);
        text[16] = ':';
        digits(text, 17, 2, time % 60);
        int end = SECONDS_END;
        int nanos = moment.getNano();
        if (nanos != 0) {
            int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : NANO_DIGITS;
            text[end] = '.';
            digits(text, end + 1, NANO_DIGITS, nanos);
            end += 1 + digits;
        }
        text[end] = 'Z';
        return new String(text, 0, end + 1, StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] text, int at, int count, int number) {
        int rest = number;
        for (int i = at + count - 1; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

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
