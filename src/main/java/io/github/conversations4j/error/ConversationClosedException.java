package io.github.conversations4j.error;

/**
 * The conversation is closed, which is final: it can be read and deleted, not written to.
 */
public final class ConversationClosedException extends TwilioApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param action what was tried, with the value that matters
     * @param error what Twilio said
     */
    public ConversationClosedException(String action, ApiError error) {
        super(action, error, "Use another conversation; a closed one can not be opened again");
    }
}
