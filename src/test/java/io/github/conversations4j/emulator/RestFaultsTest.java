package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.FormBody;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults of REST calls, as a caller sees them, and what was stored all the same. */
class RestFaultsTest {
    private final ManualTime time = new ManualTime();
    private final ConversationsEmulator twilio = ConversationsEmulator.start(
            EmulatorOptions.builder().clock(time).scheduler(time).build());
    private final ControlClient http = new ControlClient().as(twilio.apiKey(), twilio.apiSecret());
    private final String messages = "/v1/Conversations/general/Messages";

    RestFaultsTest() {
        twilio.user("bob").in("general").joins();
    }

    @AfterEach
    void end() {
        http.close();
        twilio.close();
    }

    @Test
    void too_many_requests_say_when_to_come_again() throws IOException {
        twilio.faults().rest().next(1).tooManyRequests(Duration.ofSeconds(7));

        ControlClient.Reply reply = say("no");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.headers().get("Retry-After")).isEqualTo("7");
        assertThat(reply.json().get("code").intValue()).isEqualTo(20429);
        assertThat(reply.json().get("status").intValue()).isEqualTo(429);
        assertThat(say("yes").status()).isEqualTo(201);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void what_is_no_call_of_the_api_uses_no_fault_up() throws IOException {
        twilio.faults().rest().next(1).fail(503);

        assertThat(http.get(twilio.url() + "/favicon.ico").status()).isEqualTo(404);

        assertThat(say("no").status()).isEqualTo(503);
        assertThat(say("yes").status()).isEqualTo(201);
    }

    @Test
    void what_failed_before_was_not_stored_and_what_failed_after_was() throws IOException {
        twilio.faults()
                .rest()
                .method("POST")
                .next(1)
                .fail(503)
                .rest()
                .method("post")
                .next(1)
                .failAfter(500);

        ControlClient.Reply before = say("not stored");
        assertThat(before.status()).isEqualTo(503);
        assertThat(before.json().get("code").intValue()).isEqualTo(20503);
        assertThat(before.headers().get("Retry-After")).isNull();
        assertThat(stored()).isZero();

        assertThat(say("stored").status()).isEqualTo(500);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void a_cut_connection_tells_nothing_about_the_write() throws IOException {
        twilio.faults().rest().method("POST").next(1).cutBefore();
        assertThatThrownBy(() -> say("not stored")).isInstanceOf(IOException.class);
        assertThat(stored()).isZero();

        twilio.faults().rest().method("POST").next(1).cutAfter();
        assertThatThrownBy(() -> say("stored")).isInstanceOf(IOException.class);
        assertThat(stored()).isEqualTo(1);

        twilio.faults().rest().method("POST").next(1).cutAnswer();
        assertThatThrownBy(() -> say("stored too")).isInstanceOf(IOException.class);
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void a_late_answer_comes_when_the_scheduler_says_so() throws Exception {
        twilio.faults().rest().method("POST").slow(Duration.ofSeconds(30));
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> quietly("late"), caller);
            Patience.until(() -> time.pending() == 1);
            assertThat(stored()).isEqualTo(1);
            time.advance(Duration.ofSeconds(29));
            assertThat(status).isNotDone();
            time.advance(Duration.ofSeconds(1));
            assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(201);
        } finally {
            caller.shutdownNow();
        }
    }

    @Test
    void closing_does_not_wait_for_late_answers() throws Exception {
        twilio.faults().rest().slow(Duration.ofDays(1));
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> quietly("late"), caller);
            Patience.until(() -> time.pending() == 1);

            twilio.close();

            // The answer may still get through, or be cut off; it does not stay.
            assertThat(status.handle((answer, cut) -> true).get(10, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(time.pending()).isZero();
        } finally {
            caller.shutdownNow();
        }
    }

    @Test
    void a_path_is_meant_in_both_of_its_forms_and_no_other() throws IOException {
        twilio.faults().rest().path("/Conversations/*/Messages").fail(500);

        assertThat(status(messages)).isEqualTo(500);
        assertThat(status("/v1/Services/" + twilio.serviceSid() + "/Conversations/general/Messages"))
                .isEqualTo(500);
        assertThat(status("/v1/Conversations/general")).isEqualTo(200);
        assertThat(status(messages + "/IM00000000000000000000000000000000")).isEqualTo(404);
        assertThat(status("/v1/Services")).isEqualTo(200);

        twilio.faults().clear().rest().path("/Conversations/**").fail(500);
        assertThat(status("/v1/Conversations")).isEqualTo(500);
        assertThat(status(messages + "/IM1")).isEqualTo(500);
        assertThat(status("/v1/Users")).isEqualTo(200);

        twilio.faults().clear().rest().path("/Services/*").fail(500);
        assertThat(status("/v1/Services/" + twilio.serviceSid())).isEqualTo(500);
        assertThat(status("/v1/Services")).isEqualTo(200);
    }

    @Test
    void files_are_met_too_and_the_emulators_own_routes_never() throws IOException {
        twilio.faults()
                .rest()
                .method("POST")
                .path("/Media")
                .fail(503)
                .rest()
                .share(1)
                .cutBefore();

        ControlClient.Reply reply = http.call(
                "POST",
                twilio.url() + "/v1/Services/" + twilio.serviceSid() + "/Media",
                RequestBody.create("x", okhttp3.MediaType.get("text/plain")));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(http.get(twilio.url() + "/emulator/webhooks").status()).isEqualTo(200);
        assertThatThrownBy(() -> status("/v1/Services")).isInstanceOf(IOException.class);
    }

    @Test
    void the_first_fault_that_strikes_decides() throws IOException {
        twilio.faults().rest().next(1).fail(500).rest().fail(503);

        assertThat(status(messages)).isEqualTo(500);
        assertThat(status(messages)).isEqualTo(503);
        assertThat(twilio.faults().reports())
                .containsExactly(
                        new Faults.Report("REST calls (all, at most 1): refused with 500", 1, 1),
                        new Faults.Report("REST calls (all): refused with 503", 1, 1));
    }

    @Test
    void what_makes_no_sense_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> twilio.faults().rest().fail(200))
                .withMessageContaining("status");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> twilio.faults().rest().path("Conversations"))
                .withMessageContaining("path");
    }

    private int quietly(String text) {
        try {
            return say(text).status();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private ControlClient.Reply say(String text) throws IOException {
        return http.call(
                "POST",
                twilio.url() + messages,
                new FormBody.Builder().add("Body", text).build());
    }

    private int status(String path) throws IOException {
        return http.get(twilio.url() + path).status();
    }

    private int stored() throws IOException {
        return http.get(twilio.url() + messages).json().get("messages").size();
    }
}
