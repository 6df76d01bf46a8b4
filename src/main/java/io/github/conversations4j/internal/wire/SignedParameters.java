package io.github.conversations4j.internal.wire;

import java.util.Arrays;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * The part of the signed text that comes from a form: its parameters by name, then by value, compared byte by byte, equal
 * ones once. Made again for each form, in the same memory. Confined.
 */
final class SignedParameters {
    private static final int KEPT_BYTES = 16 * 1024;

    private int[] order = new int[0];
    /** What {@link Form#namePrefix} gives for each of {@link #order}: almost always tells two names apart. */
    private long[] prefixes = new long[0];

    private byte[] joined = new byte[0];
    private int length;

    void load(@Nullable Form form) {
        length = 0;
        if (form == null || form.size() == 0) {
            return;
        }
        if (joined.length < form.end() || joined.length > Math.max(KEPT_BYTES, form.end())) {
            joined = new byte[form.end()];
        }
        if (order.length < form.size()) {
            order = new int[form.size()];
            prefixes = new long[form.size()];
        }
        sort(form);
        join(form);
    }

    void update(Mac mac) {
        mac.update(joined, 0, length);
    }

    /** By insertion, since forms are short; the place is searched in halves, so that a hostile one costs little more. */
    private void sort(Form form) {
        for (int next = 0; next < form.size(); next++) {
            long prefix = form.namePrefix(next);
            int low = 0;
            int high = next;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (compare(form, next, prefix, order[middle], prefixes[middle]) < 0) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            System.arraycopy(order, low, order, low + 1, next - low);
            System.arraycopy(prefixes, low, prefixes, low + 1, next - low);
            order[low] = next;
            prefixes[low] = prefix;
        }
    }

    private void join(Form form) {
        for (int at = 0; at < form.size(); at++) {
            if (at > 0 && compare(form, order[at - 1], prefixes[at - 1], order[at], prefixes[at]) == 0) {
                continue;
            }
            // Name and value are neighbours in the decoded text, as they are in the signed one.
            int start = form.nameStart(order[at]);
            int bytes = form.valueEnd(order[at]) - start;
            System.arraycopy(form.text(), start, joined, length, bytes);
            length += bytes;
        }
    }

    private static int compare(Form form, int one, long prefix, int other, long otherPrefix) {
        return prefix != otherPrefix ? Long.compareUnsigned(prefix, otherPrefix) : compare(form, one, other);
    }

    private static int compare(Form form, int one, int other) {
        byte[] text = form.text();
        int byName = Arrays.compareUnsigned(
                text, form.nameStart(one), form.valueStart(one), text, form.nameStart(other), form.valueStart(other));
        return byName != 0
                ? byName
                : Arrays.compareUnsigned(
                        text,
                        form.valueStart(one),
                        form.valueEnd(one),
                        text,
                        form.valueStart(other),
                        form.valueEnd(other));
    }
}
