package io.github.conversations4j.internal.wire;

import java.util.Set;

/**
 * What Twilio's SIDs look like: two letters that say what it is, and 32 hexadecimal digits. Stateless.
 *
 * @see <a href="https://www.twilio.com/docs/glossary/what-is-a-sid">What is a String Identifier (SID)?</a>
 */
public final class Sid {
    /** What Twilio gives SIDs to in and around Conversations. */
    private static final Set<String> PREFIXES = Set.of(
            "AC", "IS", "CH", "IM", "MB", "US", "RL", "WH", "DY", "IG", "BS", "CR", "MG", "ME", "HX", "FW", "SK");

    private static final int LENGTH = 34;

    private Sid() {}

    /**
     * Says whether a text is a SID of one kind.
     *
     * @param prefix what the SID begins with, such as {@code CH}
     * @param text what to look at
     * @return whether it is
     */
    public static boolean is(String prefix, String text) {
        return text.length() == LENGTH && text.startsWith(prefix) && hasDigits(text);
    }

    /**
     * Says whether a text is a SID of any kind that Conversations knows.
     *
     * @param text what to look at
     * @return whether it is
     */
    public static boolean isAny(String text) {
        return text.length() == LENGTH && PREFIXES.contains(text.substring(0, 2)) && hasDigits(text);
    }

    private static boolean hasDigits(String text) {
        return text.chars().skip(2).allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F');
    }
}
