package io.github.conversations4j.internal.api;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list to read. Immutable.
 *
 * @param size how many items at most, 1 to 100
 * @param next {@link Slice#next()} of the page before; null for the first
 */
public record PageRequest(int size, @Nullable String next) {
    /** Refuses sizes that Twilio does not serve. */
    public PageRequest {
        if (size < 1 || size > 100) {
            throw new IllegalArgumentException("page size: must be 1 to 100, was " + size);
        }
    }

    /**
     * The first page.
     *
     * @param size how many items at most
     * @return the request
     */
    public static PageRequest first(int size) {
        return new PageRequest(size, null);
    }

    /**
     * The page after another.
     *
     * @param token {@link Slice#next()} of that page
     * @return the request
     */
    public PageRequest after(String token) {
        return new PageRequest(size, token);
    }
}
