package io.github.conversations4j.internal.rest;

/** JSON that is not what Twilio's API documents; says which field is missing or wrong. */
final class MalformedResourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedResourceException(String message) {
        super(message);
    }
}
