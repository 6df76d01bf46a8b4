package io.github.conversations4j.internal.api;

import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.error.ApiError;
import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.error.ConversationClosedException;
import io.github.conversations4j.error.LimitExceededException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.RateLimitedException;
import io.github.conversations4j.error.TwilioApiException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what Twilio refuses into exception types, the same for REST and for the tunnel. The code decides where there is
 * one, because Twilio publishes no HTTP status per code (legacy documents give 403 to full channels, for example); the
 * status decides the rest. Stateless.
 */
public final class Refusals {
    private static final Set<Integer> NOT_FOUND =
            Set.of(20404, 50050, 50100, 50109, 50200, 50300, 50320, 50350, 50360, 50402, 50432, 50500, 50507, 50610);
    /** Exists already, or changed by somebody else meanwhile. */
    private static final Set<Integer> CONFLICT = Set.of(
            20409, 50069, 50201, 50212, 50213, 50307, 50349, 50353, 50391, 50404, 50416, 50419, 50433, 50437, 50438,
            50449, 50508);

    private static final Set<Integer> ACCESS = Set.of(20003, 20006, 20101, 20103, 20104, 20105, 20107, 50107, 50430);
    /** Closed is final. */
    private static final Set<Integer> CLOSED = Set.of(50377);
    /** Too long, too large, too many of something that stays. */
    private static final Set<Integer> LIMIT = Set.of(
            50003, 50004, 50207, 50208, 50214, 50303, 50310, 50321, 50322, 50332, 50361, 50362, 50372, 50403, 50417,
            50418, 50422, 50426, 50436, 50504, 50505, 50512, 50529);
    /** Too many requests. */
    private static final Set<Integer> RATE = Set.of(20429, 50063, 50074);

    private Refusals() {}

    /**
     * Says whether an answer means that nothing was done because too much was asked.
     *
     * @param error what Twilio said
     * @return whether repeating the request later is safe, a write too
     */
    public static boolean isRateLimit(ApiError error) {
        return error.status() == 429 || has(RATE, error);
    }

    /**
     * Finds the exception for an answer.
     *
     * @param action what was tried, with the value that matters
     * @param error what Twilio said
     * @param retryAfter how long Twilio wants us to wait; null if it did not say
     * @return a new exception, not thrown
     */
    public static TwilioApiException of(String action, ApiError error, @Nullable Duration retryAfter) {
        if (isRateLimit(error)) {
            return new RateLimitedException(action, error, retryAfter);
        }
        if (has(NOT_FOUND, error)) {
            return new NotFoundException(action, error);
        }
        if (has(CONFLICT, error)) {
            return new ConflictException(action, error);
        }
        if (has(CLOSED, error)) {
            return new ConversationClosedException(action, error);
        }
        if (has(LIMIT, error)) {
            return new LimitExceededException(action, error);
        }
        return has(ACCESS, error) ? new AccessDeniedException(action, error) : byStatus(action, error);
    }

    private static TwilioApiException byStatus(String action, ApiError error) {
        return switch (error.status()) {
            case 401, 403 -> new AccessDeniedException(action, error);
            case 404, 410 -> new NotFoundException(action, error);
            case 409 -> new ConflictException(action, error);
            case 413 -> new LimitExceededException(action, error);
            default -> new TwilioApiException(action, error);
        };
    }

    private static boolean has(Set<Integer> codes, ApiError error) {
        Integer code = error.code();
        return code != null && codes.contains(code);
    }
}
