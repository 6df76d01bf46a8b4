package io.github.conversations4j.internal.wire;

/**
 * Says why some bytes are not an acceptable Twilsock packet. Carries no stack trace, since whoever sends rubbish must not
 * make us work for it, and no piece of the input, since packets hold tokens.
 */
public final class MalformedPacketException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of rubbish. */
    public enum Reason {
        /** The first line is not protocol, version and the length of the header. */
        BAD_FIRST_LINE("does not begin with protocol, version and a header length"),
        /** A header or a payload of more bytes than allowed. */
        TOO_LARGE("is larger than allowed"),
        /** The bytes end before the header or the payload does. */
        TRUNCATED("ends too early"),
        /** The header is not one JSON object in UTF-8. */
        BAD_HEADER("has a header that is no JSON object"),
        /** The header has no method or no id, or they are empty or very long. */
        UNADDRESSED("has a header without a method or an id"),
        /** The header gives a payload size that is no whole number from zero on. */
        BAD_PAYLOAD_SIZE("has a payload size that is no count of bytes"),
        /** The payload is not what its type says. */
        BAD_PAYLOAD("has a payload that is not of its type");

        private final String message;

        Reason(String message) {
            this.message = message;
        }
    }

    private final Reason reason;

    MalformedPacketException(Reason reason) {
        super("The packet " + reason.message, null, false, false);
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
