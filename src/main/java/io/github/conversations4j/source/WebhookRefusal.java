package io.github.conversations4j.source;

/** Why a webhook request did not become an event. Each is counted. */
public enum WebhookRefusal {
    /** Neither GET nor POST. */
    METHOD(405),
    /** A POST that is neither a form nor JSON with {@code bodySHA256}, so that its content was never signed. */
    CONTENT_TYPE(400),
    /** More bytes than allowed. */
    TOO_LARGE(413),
    /** More parameters than allowed. */
    TOO_MANY_PARAMETERS(400),
    /** Broken escapes, text that is not UTF-8, or JSON that is none. */
    MALFORMED(400),
    /** No signature, or one that does not fit any of the URLs and auth tokens. */
    SIGNATURE(403),
    /** A JSON body other than the one whose hash was signed. */
    BODY_HASH(403),
    /** Signed, and about another account. */
    ACCOUNT(403),
    /** Signed, and about a service that this client does not serve. */
    SERVICE(403),
    /** Signed, and no event of Conversations: the URL is probably set for another product of Twilio, too. */
    NO_EVENT(400),
    /** There was no room for the event; its conversation is compared with Twilio later. */
    NO_ROOM(503),
    /** The client is closed. */
    CLOSED(503),
    /** A defect of this library, which is logged with its cause. */
    DEFECT(500);

    private final int status;

    WebhookRefusal(int status) {
        this.status = status;
    }

    /**
     * What Twilio, or whoever it was, is told.
     *
     * @return the HTTP status
     */
    public int status() {
        return status;
    }
}
