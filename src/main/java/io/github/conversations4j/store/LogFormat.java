package io.github.conversations4j.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * How a log of cursors lies on the disk. Stateless.
 *
 * <p>A header of 16 bytes: eight letters, the number of the format, a checksum of both. Then records: the length of the
 * content, a checksum (CRC-32C) of length and content, the content. All numbers are big-endian.
 */
final class LogFormat {
    static final int HEADER = 16;
    static final int FRAME = 8;
    /** More than {@link CursorStore#MOST_AT_ONCE} cursors with all their facts can take. */
    static final int LONGEST_RECORD = 1 << 20;

    static final int VERSION = 1;
    private static final byte[] MAGIC = "C4JCURSR".getBytes(StandardCharsets.US_ASCII);

    /** What the beginning of a file says. */
    enum Header {
        OURS,
        /** Ours, but cut off before its end: the file was empty, or lost everything. */
        CUT,
        /** Ours, of a format that this version of the library does not know. */
        NEWER,
        FOREIGN
    }

    private LogFormat() {}

    static byte[] header() {
        return header(VERSION);
    }

    static byte[] header(int version) {
        byte[] bytes = ByteBuffer.allocate(HEADER).put(MAGIC).putInt(version).array();
        return ByteBuffer.wrap(bytes)
                .putInt(HEADER - 4, checksum(bytes, HEADER - 4))
                .array();
    }

    /** Judges the first bytes of a file, fewer than a header has if the file is shorter. */
    static Header judge(byte[] start) {
        if (start.length < HEADER) {
            boolean cut = Arrays.equals(start, Arrays.copyOf(header(), start.length));
            return cut ? Header.CUT : Header.FOREIGN;
        }
        ByteBuffer bytes = ByteBuffer.wrap(start);
        boolean ours = Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)
                && bytes.getInt(HEADER - 4) == checksum(start, HEADER - 4);
        return !ours ? Header.FOREIGN : bytes.getInt(MAGIC.length) == VERSION ? Header.OURS : Header.NEWER;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** A record with everything around it. */
    static byte[] frame(LogRecord record) {
        byte[] content = record.bytes();
        return ByteBuffer.allocate(FRAME + content.length)
                .putInt(content.length)
                .putInt(checksum(content, 0, content.length))
                .put(content)
                .array();
    }

    /** How long the shortest log is that leads to a table. */
    static long size(CursorTable table) {
        return HEADER
                + table.records().stream()
                        .mapToLong(record -> FRAME + record.bytes().length)
                        .sum();
    }

    /** Whether there is a whole record at a place, with the right checksum. */
    static boolean isRecord(byte[] bytes, int at) {
        if (at + FRAME > bytes.length) {
            return false;
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        int length = frame.getInt(at);
        return length > 0
                && length <= LONGEST_RECORD
                && length <= bytes.length - at - FRAME
                && frame.getInt(at + 4) == checksum(bytes, at + FRAME, length);
    }

    static byte[] content(byte[] bytes, int at) {
        int length = ByteBuffer.wrap(bytes).getInt(at);
        return Arrays.copyOfRange(bytes, at + FRAME, at + FRAME + length);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(4).putInt(length).flip());
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
