package io.github.conversations4j.internal.poll;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What is always kept of an item of a list: enough to notice that it changed. Immutable.
 *
 * @param sid which item
 * @param digest of its whole content; no plain hash, because texts with the same one are easy to find
 * @param name who it is, where it is somebody; null for none
 * @param told whether anything about it was told, since what was there before is not
 */
record Seen(String sid, long digest, @Nullable String name, boolean told) {

    static Seen of(String sid, Record content, @Nullable String name, boolean told) {
        return new Seen(sid, digest(content), name, told);
    }

    /** Whether an item is as it was. */
    boolean isStill(Record content) {
        return digest == digest(content);
    }

    /** Enough of a digest that two states of one item do not share it by chance. */
    static long digest(Record content) {
        try {
            byte[] bytes = content.toString().getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
