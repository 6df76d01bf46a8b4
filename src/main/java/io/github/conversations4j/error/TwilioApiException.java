package io.github.conversations4j.error;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Twilio answered, and the answer is an error. The subtypes are those that a caller may want to treat in a way of their
 * own; {@link #code()} tells the rest.
 *
 * <p>The codes are explained in Twilio's <a href="https://www.twilio.com/docs/api/errors">error dictionary</a>.
 */
public class TwilioApiException extends ConversationsException {
    private static final long serialVersionUID = 1L;

    /** What Twilio said. */
    private final ApiError error;

    /**
     * Makes an exception.
     *
     * @param action what was tried, for example {@code fetch conversation CH…}
     * @param error what Twilio said
     */
    public TwilioApiException(String action, ApiError error) {
        super(action + ": Twilio answered " + error);
        this.error = error;
    }

    /**
     * Makes an exception that says what to do.
     *
     * @param action what was tried, for example {@code fetch conversation CH…}
     * @param error what Twilio said
     * @param advice what to do about it, a sentence
     */
    public TwilioApiException(String action, ApiError error, String advice) {
        super(action + ": Twilio answered " + error + ". " + advice);
        this.error = error;
    }

    /**
     * The HTTP status.
     *
     * @return for example 404
     */
    public int status() {
        return error.status();
    }

    /**
     * The Twilio error code.
     *
     * @return for example 20404; empty if the answer named none
     */
    public OptionalInt code() {
        Integer code = error.code();
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /**
     * What to tell Twilio's support.
     *
     * @return {@code RQ…}; empty if the answer named none
     */
    public Optional<String> requestId() {
        return Optional.ofNullable(error.requestId());
    }

    /**
     * The page that explains the code.
     *
     * @return a URL as Twilio sent it; empty if the answer named none
     */
    public Optional<String> moreInfo() {
        return Optional.ofNullable(error.moreInfo());
    }

    /**
     * Everything that Twilio said.
     *
     * @return the error
     */
    public ApiError error() {
        return error;
    }
}
