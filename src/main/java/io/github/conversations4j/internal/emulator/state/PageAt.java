package io.github.conversations4j.internal.emulator.state;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted. Immutable.
 *
 * @param size how many things at most, at least 1
 * @param descending whether the newest comes first
 * @param cursor the place next to the page; null for the first page
 */
public record PageAt(int size, boolean descending, @Nullable Cursor cursor) {

    /**
     * A place in a list. Immutable.
     *
     * @param place the place of a thing that is not on the page
     * @param backwards whether the page ends before it, or starts after it
     */
    public record Cursor(long place, boolean backwards) {}

    /**
     * The first page from the oldest on.
     *
     * @param size how many things at most
     * @return the request
     */
    public static PageAt first(int size) {
        return new PageAt(size, false, null);
    }

    /**
     * Another page of the same list.
     *
     * @param where the place next to it; null for the first page
     * @return the request
     */
    public PageAt at(@Nullable Cursor where) {
        return new PageAt(size, descending, where);
    }
}
