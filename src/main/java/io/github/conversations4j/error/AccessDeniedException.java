package io.github.conversations4j.error;

/**
 * Twilio does not accept the credentials or the token, or they may not do this.
 */
public final class AccessDeniedException extends TwilioApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param action what was tried, with the value that matters
     * @param error what Twilio said
     */
    public AccessDeniedException(String action, ApiError error) {
        super(
                action,
                error,
                "Check the account SID, that key or token belong to it and to the region, and the role's permissions");
    }
}
