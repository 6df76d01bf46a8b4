package io.github.conversations4j.internal.wire;

/**
 * Says why a text is not an acceptable JSON web token. Carries no stack trace, since whoever sends rubbish must not make
 * us work for it, and no piece of the input, since a token is a secret.
 */
public final class MalformedJwtException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of rubbish. */
    public enum Reason {
        /** More characters than allowed. */
        TOO_LONG,
        /** Not header, claims and signature with a dot between them. */
        NOT_THREE_PARTS,
        /** A part that is not base64url as RFC 7515 wants it: no padding, nothing left over. */
        BAD_BASE64,
        /** A header or claims that are not one JSON object in UTF-8 with each name once. */
        BAD_JSON,
        /** A header that demands an extension ({@code crit}), which RFC 7515 tells us to refuse. */
        UNKNOWN_EXTENSION,
        /** A claim that is missing or of the wrong kind. */
        BAD_CLAIM
    }

    /** Why. */
    private final Reason reason;

    MalformedJwtException(Reason reason, String what) {
        super("The text is no acceptable JSON web token: " + what, null, false, false);
        this.reason = reason;
    }

    /**
     * Gives the kind of rubbish.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
