package io.github.conversations4j.internal.wire;

/** Tells UTF-8 from other bytes without making a string of them. */
final class Utf8 {
    private Utf8() {}

    /** Whether the bytes are well-formed in the sense of Unicode's table 3-7: no overlong forms, no surrogates. */
    static boolean isWellFormed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int lead = bytes[at++];
            if (lead >= 0) {
                continue;
            }
            int following = following(lead & 0xFF);
            if (following < 0 || to - at < following || !isSecondByte(lead & 0xFF, bytes[at] & 0xFF)) {
                return false;
            }
            for (int end = at + following, next = at + 1; next < end; next++) {
                if ((bytes[next] & 0xC0) != 0x80) {
                    return false;
                }
            }
            at += following;
        }
        return true;
    }

    private static int following(int lead) {
        if (lead < 0xC2 || lead > 0xF4) {
            return -1;
        }
        return lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    }

    private static boolean isSecondByte(int lead, int second) {
        return switch (lead) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> second >= 0x80 && second <= 0xBF;
        };
    }
}
