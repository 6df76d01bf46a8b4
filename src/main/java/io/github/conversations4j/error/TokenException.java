package io.github.conversations4j.error;

import org.jspecify.annotations.Nullable;

/**
 * There is no usable access token: the application's token function failed or gave something that is none, or Twilio
 * refused what it gave. The client goes on trying, less and less often, unless it was closed; {@link #reason()} tells
 * what to look at.
 */
public final class TokenException extends ConversationsException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Reason {
        /** The token function threw something; it is the cause. */
        FETCH_FAILED,
        /** The token function did not return in time. */
        FETCH_TIMED_OUT,
        /** The token function returned nothing, or something that can not be a token. */
        NO_TOKEN,
        /** The token has expired already, as far as the clock of this machine is right. */
        EXPIRED,
        /** It is the token that we have already and that needs replacing. */
        NOT_NEWER,
        /** It belongs to another identity than the tokens before it. */
        OTHER_IDENTITY,
        /** Twilio refused it. */
        REFUSED
    }

    /** What went wrong. */
    private final Reason reason;

    /**
     * Makes an exception.
     *
     * @param reason what went wrong
     * @param message the same in words, and what to do; nothing of the token
     */
    public TokenException(Reason reason, String message) {
        this(reason, message, null);
    }

    /**
     * Makes an exception with a cause.
     *
     * @param reason what went wrong
     * @param message the same in words, and what to do; nothing of the token
     * @param cause what led to it; null if nothing was thrown
     */
    public TokenException(Reason reason, String message, @Nullable Throwable cause) {
        super("access token: " + message, cause);
        this.reason = reason;
    }

    /**
     * Tells what went wrong.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
