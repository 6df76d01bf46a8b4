package io.github.conversations4j.internal.json;

/** JSON that is not what Twilio's API documents; says which field is missing or wrong. */
public final class MalformedResourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message which field of what is missing or wrong
     */
    public MalformedResourceException(String message) {
        super(message);
    }
}
