package io.github.conversations4j.internal.wire;

/**
 * Says why some bytes are not an acceptable {@code application/x-www-form-urlencoded} text. Carries no stack trace,
 * since whoever sends rubbish must not make us work for it, and no piece of the input, since that may be secret.
 */
public final class MalformedFormException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of rubbish. */
    public enum Reason {
        /** More bytes than allowed. */
        TOO_LARGE("is longer than %d bytes"),
        /** More parameters than allowed. */
        TOO_MANY_PARAMETERS("has more than %d parameters"),
        /** A percent sign that is not followed by two hexadecimal digits. */
        BAD_PERCENT("has a broken percent escape at byte %d"),
        /** Bytes that are no UTF-8 text. */
        BAD_UTF8("is not UTF-8 in the parameter that ends at byte %d");

        private final String message;

        Reason(String message) {
            this.message = message;
        }
    }

    private final Reason reason;

    MalformedFormException(Reason reason, int number) {
        super("The form " + String.format(reason.message, number), null, false, false);
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
