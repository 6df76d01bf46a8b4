package io.github.conversations4j.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.ApiError;
import io.github.conversations4j.error.RateLimitedException;
import io.github.conversations4j.error.TwilioApiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
    private static TwilioApiException refusal(int status, Integer code) {
        return Refusals.of("update conversation CH1", new ApiError(status, code, null, null, null), null);
    }

    /** The code wins over the status: a full conversation is no question of permission though it may come as 403. */
    @ParameterizedTest
    @CsvSource({
        "404, 20404, NotFoundException",
        "400, 50350, NotFoundException",
        "404,      , NotFoundException",
        "409, 50353, ConflictException",
        "409, 50433, ConflictException",
        "400, 50404, ConflictException",
        "409,      , ConflictException",
        "401, 20003, AccessDeniedException",
        "403, 20003, AccessDeniedException",
        "401,      , AccessDeniedException",
        "403, 50107, AccessDeniedException",
        "403, 50403, LimitExceededException",
        "400, 50504, LimitExceededException",
        "413,      , LimitExceededException",
        "400, 50377, ConversationClosedException",
        "429, 20429, RateLimitedException",
        "429,      , RateLimitedException",
        "403, 50063, RateLimitedException",
        "400, 50304, TwilioApiException",
        "502,      , TwilioApiException",
    })
    void eachAnswerHasItsType(int status, Integer code, String type) {
        TwilioApiException refusal = refusal(status, code);

        assertThat(refusal.getClass().getSimpleName()).isEqualTo(type);
        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.code().isPresent()).isEqualTo(code != null);
    }

    @Test
    void theMessageSaysWhatWithWhichValueWhyAndWhatToDo() {
        TwilioApiException refusal = Refusals.of(
                "fetch conversation CH1",
                new ApiError(
                        404,
                        20404,
                        "The requested resource /Conversations/CH1 was not found",
                        "https://www.twilio.com/docs/errors/20404",
                        "RQ1"),
                null);

        assertThat(refusal)
                .hasMessage("fetch conversation CH1: Twilio answered HTTP 404, error 20404: The requested resource"
                        + " /Conversations/CH1 was not found [request RQ1] (https://www.twilio.com/docs/errors/20404)."
                        + " Check the value, and that it belongs to this account and service");
        assertThat(refusal.code()).hasValue(20404);
        assertThat(refusal.requestId()).contains("RQ1");
        assertThat(refusal.moreInfo()).contains("https://www.twilio.com/docs/errors/20404");
    }

    @Test
    void whatTheNetworkSaysIsShortenedAndHasNoLineBreaks() {
        ApiError error = new ApiError(502, null, "a\r\nERROR forged line\n" + "x".repeat(5000), " ", null);

        assertThat(error.message())
                .startsWith("a ERROR forged line x")
                .endsWith("x…")
                .hasSizeLessThan(1010);
        assertThat(error.moreInfo()).isNull();
    }

    @Test
    void theWaitThatTwilioAsksForCanBeRead() {
        ApiError error = new ApiError(429, 20429, "Too many requests", null, null);

        assertThat(Refusals.of("list users", error, Duration.ofSeconds(7)))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)));
        assertThat(Refusals.of("list users", error, null))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).isEmpty());
    }
}
