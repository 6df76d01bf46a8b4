package io.github.conversations4j.error;

/**
 * What was to be made is there already, or somebody else changed it at the same time. {@link #code()} tells which: 50353 a
 * conversation's unique name is taken, 50433 the participant is there, 50416 address and proxy address are in use,
 * 50391 and 50449 changed at the same time.
 */
public final class ConflictException extends TwilioApiException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param action what was tried, with the value that matters
     * @param error what Twilio said
     */
    public ConflictException(String action, ApiError error) {
        super(action, error, "Read the current state before trying again");
    }
}
