package io.github.conversations4j.error;

/**
 * Something is too long, too large or too many for Twilio: a body, attributes, a name, a file, the participants of a
 * conversation, the conversations of a user. Sending it again will not help; too many <em>requests</em> are a
 * {@link RateLimitedException}.
 */
public final class LimitExceededException extends TwilioApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param action what was tried, with the value that matters
     * @param error what Twilio said
     */
    public LimitExceededException(String action, ApiError error) {
        super(action, error, "The limits are listed at https://www.twilio.com/docs/conversations/conversations-limits");
    }
}
