package io.github.conversations4j.error;

/**
 * More writes were asked for than may be sent in the time that there is, so this one was not sent. Trying later is safe.
 * Unlike {@link RateLimitedException}, it is this library that refuses.
 */
public final class TooManyWritesException extends ConversationsException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param action what was tried, with the value that matters
     * @param why which limit was reached
     */
    public TooManyWritesException(String action, String why) {
        super(action + ": " + why + ". Nothing was sent; write less at a time, try again later, or see"
                + " ClientOptions.writeLimits");
    }
}
