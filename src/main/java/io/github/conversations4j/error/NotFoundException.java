package io.github.conversations4j.error;

/**
 * What was asked for is not there: an unknown SID, unique name, identity or address, or one of another service or account.
 */
public final class NotFoundException extends TwilioApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param action what was tried, with the value that matters
     * @param error what Twilio said
     */
    public NotFoundException(String action, ApiError error) {
        super(action, error, "Check the value, and that it belongs to this account and service");
    }
}
