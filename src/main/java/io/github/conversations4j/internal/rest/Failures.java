package io.github.conversations4j.internal.rest;

import io.github.conversations4j.error.ApiError;
import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.OutcomeUnknownException;
import io.github.conversations4j.error.TwilioApiException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * Says what it means that no complete answer came. Immutable.
 *
 * @param outgoing what was sent, or was to be
 * @param attemptTimeout how long an attempt may take, for the message
 */
record Failures(Outgoing outgoing, Duration attemptTimeout) {

    /**
     * Finds the exception for a failed attempt.
     *
     * @param e what OkHttp says
     * @param sent whether a byte of the request may have been written
     * @param status of the answer whose body could not be read; 0 if there was none
     */
    ConversationsException of(IOException e, boolean sent, int status) {
        boolean refused = status >= 300 && status < 500;
        if (!outgoing.isRead() && sent && !refused) {
            return unknown(outgoing.action(), e);
        }
        if (status != 0) {
            return new TwilioApiException(
                    outgoing.action(), new ApiError(status, null, "an unreadable answer: " + text(e), null, null));
        }
        String action = outgoing.action() + ": ";
        if (!sent) {
            return new ConnectionFailedException(
                    action + "could not connect to " + outgoing.origin() + " (" + text(e)
                            + "). Nothing was sent; check the network, the proxy and the base URL",
                    e);
        }
        if (e instanceof InterruptedIOException) {
            return new CallTimeoutException(
                    action + "no answer from " + outgoing.origin() + " within " + attemptTimeout, e);
        }
        return new ConnectionFailedException(
                action + "the connection to " + outgoing.origin() + " broke (" + text(e) + ')', e);
    }

    /** A write that was sent and got no answer to go by. */
    static OutcomeUnknownException unknown(String action, Exception cause) {
        return new OutcomeUnknownException(
                action + ": it was sent and may have been carried out or not, because no usable answer came ("
                        + text(cause) + "). Look before sending it again",
                cause);
    }

    private static String text(Exception e) {
        return e instanceof ConversationsException
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
