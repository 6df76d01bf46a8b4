package io.github.conversations4j.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Twilio would not take more requests for now, and repeating did not help. Nothing was carried out: trying later is safe. */
public final class RateLimitedException extends TwilioApiException {
    private static final long serialVersionUID = 1L;

    /** What Twilio asked for; null if it did not say. */
    private final @Nullable Duration retryAfter;

    /**
     * Makes an exception.
     *
     * @param action what was tried, with the value that matters
     * @param error what Twilio said
     * @param retryAfter how long Twilio wants us to wait; null if it did not say
     */
    public RateLimitedException(String action, ApiError error, @Nullable Duration retryAfter) {
        super(action, error, "Nothing was done; send less at a time, or try again later");
        this.retryAfter = retryAfter;
    }

    /**
     * How long to wait before the next try.
     *
     * @return what Twilio asked for; empty if it did not say
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
