package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.error.OutcomeUnknownException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;

/** What an attempt means that ended without a complete answer. */
class FailuresTest {
    private static final String URL = "https://conversations.twilio.com/v1/Conversations/CH1";
    private static final IOException OVER = new InterruptedIOException("timeout");

    private static Failures of(Request request) {
        return new Failures(new Outgoing("call", request, Duration.ofMinutes(1), true), Duration.ofMillis(150));
    }

    private final Failures read = of(new Request.Builder().url(URL).build());
    private final Failures write =
            of(new Request.Builder().url(URL).post(RequestBody.EMPTY).build());

    @Test
    void aReadThatWasSentAndGotNoAnswerInTimeHasTimedOut() {
        assertThat(read.of(OVER, true, 0))
                .isInstanceOf(CallTimeoutException.class)
                .hasMessage("call: no answer from https://conversations.twilio.com within PT0.15S")
                .hasCause(OVER);
    }

    @Test
    void aConnectionThatIsNotThereInTimeHasSentNothing() {
        for (Failures each : new Failures[] {read, write}) {
            assertThat(each.of(OVER, false, 0))
                    .isInstanceOf(ConnectionFailedException.class)
                    .hasMessageStartingWith("call: could not connect to https://conversations.twilio.com (")
                    .hasMessageContaining("Nothing was sent");
        }
    }

    @Test
    void aWriteThatWasSentAndGotNoAnswerInTimeMayHaveBeenCarriedOut() {
        assertThat(write.of(OVER, true, 0))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageStartingWith("call: it was sent and may have been carried out or not");
    }
}
