package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.conversations4j.PendingMessage.State;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.RestFaults;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.OutcomeUnknownException;
import io.github.conversations4j.internal.time.SystemScheduler;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.tests.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages whose answer is lost, on the way there or on the way back. */
class LostAnswersTest {
    /** What was handed in is never closed by the library, so this test does. */
    private static final OkHttpClient HTTP = new OkHttpClient();

    private static ConversationsEmulator twilio;

    @BeforeAll
    static void start() {
        twilio = ConversationsEmulator.start();
    }

    @AfterAll
    static void stop() {
        HTTP.connectionPool().evictAll();
        HTTP.dispatcher().executorService().shutdown();
        twilio.close();
    }

    private static ClientOptions.Builder options() {
        return ClientOptions.backend(twilio.credentials()).baseUrl(twilio.url()).writeLimits(WriteLimits.none());
    }

    private static Conversation conversation(ConversationsClient client) {
        return client.createConversation(NewConversation.builder().build()).await();
    }

    @AfterEach
    void nothingIsLostAnyMore() {
        twilio.faults().clear();
    }

    private static RestFaults sends() {
        return twilio.faults().rest().method("POST").path("/Conversations/*/Messages");
    }

    private static boolean isSend(Interceptor.Chain chain) {
        return chain.request().method().equals("POST")
                && chain.request().url().encodedPath().endsWith("/Messages");
    }

    @Test
    void a_thousand_messages_arrive_once_though_every_tenth_answer_is_lost() {
        sends().share(0.1).cutAfter();
        try (ConversationsClient client = ConversationsClient.start(options().build())) {
            Conversation chat = conversation(client);

            List<PendingMessage> all = IntStream.range(0, 1000)
                    .mapToObj(number -> chat.sendMessage("message " + number))
                    .toList();
            List<Message> stored = all.stream()
                    .map(pending -> pending.sent().await(Duration.ofMinutes(1)))
                    .toList();

            assertThat(twilio.faults().reports())
                    .as("seed %d", twilio.faults().seed())
                    .singleElement()
                    .satisfies(fault -> {
                        assertThat(fault.met()).as("sends that arrived").isEqualTo(1000);
                        assertThat(fault.struck()).as("answers that were lost").isBetween(50L, 150L);
                    });
            assertThat(all).allMatch(pending -> pending.state() == State.SENT);
            assertThat(stored).extracting(Message::sid).doesNotHaveDuplicates();
            List<String> bodies = chat.messages().oldest(100).await().stream()
                    .map(Message::body)
                    .toList();
            assertThat(bodies)
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1000)
                            .mapToObj(number -> "message " + number)
                            .toList());
            assertThat(IntStream.range(0, 1000)
                            .boxed()
                            .collect(Collectors.toMap(number -> "message " + number, all::get)))
                    .allSatisfy((body, pending) ->
                            assertThat(pending.await().body()).isEqualTo(body));
        }
    }

    @Test
    void a_participants_messages_arrive_once_though_every_tenth_answer_is_lost_and_the_socket_is_cut() {
        try (SystemScheduler real = new SystemScheduler("test");
                ConversationsClient client = ConversationsClient.start(twilio.participantOptions("alice")
                        .scheduler(hurried(real))
                        .build())) {
            Conversation chat = conversation(client);
            twilio.faults()
                    .sockets()
                    .method("POST")
                    .next(1)
                    .cutAfter()
                    .sockets()
                    .method("POST")
                    .share(0.1)
                    .failAfter(500);

            List<PendingMessage> all = IntStream.range(0, 300)
                    .mapToObj(number -> chat.sendMessage("message " + number))
                    .toList();
            all.forEach(LostAnswersTest::end);

            List<String> stored = chat.messages().oldest(100).await().stream()
                    .map(Message::body)
                    .toList();
            assertThat(stored).doesNotHaveDuplicates();
            assertThat(all)
                    .allSatisfy(pending -> assertThat(pending.state() == State.SENT)
                            .as("%s is %s", pending.message().body(), pending.state())
                            .isEqualTo(stored.contains(pending.message().body())));
            assertThat(twilio.faults().reports())
                    .as("seed %d", twilio.faults().seed())
                    .allSatisfy(fault -> assertThat(fault.struck()).isPositive());
        }
    }

    private static void end(PendingMessage pending) {
        try {
            pending.sent().await(Duration.ofMinutes(1));
        } catch (ConversationsException told) {
            assertThat(pending.state()).isIn(State.UNKNOWN, State.FAILED);
        }
    }

    /** Lets the pauses between two looks pass quickly, and time limits at their own pace. */
    private static Scheduler hurried(Scheduler real) {
        return (task, delay) ->
                real.schedule(task, delay.compareTo(Duration.ofSeconds(5)) < 0 ? delay.dividedBy(1000) : delay);
    }

    @Test
    void a_message_that_is_not_found_is_unknown_until_it_turns_up() {
        sends().next(1).fail(503);
        try (SystemScheduler real = new SystemScheduler("test");
                ConversationsClient client = ConversationsClient.start(
                        options().scheduler(hurried(real)).build())) {
            Conversation chat = conversation(client);
            PendingMessage pending = chat.sendMessage("hello");

            assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(pending::await);
            assertThat(pending.state()).isEqualTo(State.UNKNOWN);
            assertThat(pending.lookUp().await()).isEmpty();

            arrivesAfterAll(client, pending);

            assertThat(pending.lookUp().await()).get().extracting(Message::body).isEqualTo("hello");
            assertThat(pending.state()).isEqualTo(State.SENT);
            assertThat(pending.await().body()).isEqualTo("hello");
        }
    }

    /** What was stuck in the network is stored in the end. */
    private static void arrivesAfterAll(ConversationsClient client, PendingMessage pending) {
        Attributes stamped =
                Attributes.EMPTY.withClientId(pending.clientId().orElseThrow()).orElseThrow();
        com.twilio.rest.conversations.v1.conversation.Message.creator(
                        pending.letter().conversationSid())
                .setBody(pending.message().body())
                .setAttributes(stamped.json())
                .create(client.twilio());
    }

    @Test
    void sending_again_is_a_choice_and_keeps_the_client_id() {
        sends().next(1).fail(503);
        try (SystemScheduler real = new SystemScheduler("test");
                ConversationsClient client = ConversationsClient.start(
                        options().scheduler(hurried(real)).build())) {
            Conversation chat = conversation(client);
            PendingMessage lost = chat.sendMessage("hello");
            assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(lost::await);

            PendingMessage again = lost.resend();
            assertThatIllegalStateException()
                    .isThrownBy(lost::resend)
                    .withMessage(
                            "resend: the message was sent again already; ask the PendingMessage that resend() gave");

            assertThat(again.await().clientId()).isEqualTo(lost.clientId());
            assertThat(chat.messages().count().await()).isEqualTo(1);
            assertThatIllegalStateException().isThrownBy(again::resend).withMessageContaining("SENT");
        }
    }

    @Test
    void what_comes_of_sending_again_is_told_of_the_new_way_only() {
        sends().next(1).fail(503);
        twilio.user("bob").in("room").joins();
        try (SystemScheduler real = new SystemScheduler("test");
                ConversationsClient client = ConversationsClient.start(
                        twilio.backendOptions().scheduler(hurried(real)).build())) {
            CountDownLatch told = new CountDownLatch(1);
            client.onMessageAdded(event -> told.countDown());
            client.ready().await();
            Conversation chat = client.findConversation("room").await();
            PendingMessage lost = chat.sendMessage("hello");
            assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(lost::await);

            PendingMessage again = lost.resend();
            again.await();
            Patience.await(told);
            assertThat(lost.lookUp().await())
                    .map(Message::sid)
                    .as("by event or answer, which do not tell its dates alike")
                    .contains(again.await().sid());
            twilio.user("bob").in("room").readsAll();

            assertThat(again.reached(State.READ)
                            .await(Duration.ofSeconds(Patience.SECONDS))
                            .state())
                    .isEqualTo(State.READ);
            assertThat(lost.state()).isEqualTo(State.UNKNOWN);
        }
    }

    @Test
    void what_was_stored_the_first_time_is_found_when_the_second_is_lost_too() {
        sends().next(1).fail(503);
        try (SystemScheduler real = new SystemScheduler("test");
                ConversationsClient client = ConversationsClient.start(
                        options().scheduler(hurried(real)).build())) {
            Conversation chat = conversation(client);
            PendingMessage lost = chat.sendMessage("hello");
            assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(lost::await);
            arrivesAfterAll(client, lost);
            sendAll(chat, 120);
            sends().next(1).fail(503);

            PendingMessage again = lost.resend();

            assertThat(again.await()).extracting(Message::index).isEqualTo(0);
        }
    }

    @Test
    void a_message_is_found_behind_everything_that_was_sent_since() {
        sends().next(1).cutAfter();
        CountDownLatch stored = new CountDownLatch(1);
        CountDownLatch sentSince = new CountDownLatch(1);
        Interceptor network = chain -> {
            try {
                return chain.proceed(chain.request());
            } catch (IOException lost) {
                stored.countDown();
                awaitQuietly(sentSince);
                throw lost;
            }
        };
        try (ConversationsClient client = ConversationsClient.start(options()
                .httpClient(HTTP.newBuilder().addInterceptor(network).build())
                .build())) {
            Conversation chat = conversation(client);
            PendingMessage first = chat.sendMessage("hello");
            awaitQuietly(stored);
            sendAll(chat, 520);
            sentSince.countDown();

            assertThat(first.await().body()).isEqualTo("hello");
        }
    }

    @Test
    void attributes_that_are_no_object_carry_no_id_and_the_message_cannot_be_looked_for() {
        sends().next(1).fail(503);
        try (ConversationsClient client = ConversationsClient.start(options().build())) {
            PendingMessage pending = conversation(client)
                    .sendMessage(NewMessage.builder()
                            .body("hello")
                            .attributes(Attributes.of("[1,2]"))
                            .build());

            assertThat(pending.clientId()).isEmpty();
            assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(pending::await);
            assertThat(pending.state()).isEqualTo(State.UNKNOWN);
        }
    }

    @Test
    void whatever_is_not_known_when_the_client_closes_is_unknown() {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        Interceptor network = chain -> {
            Response response = chain.proceed(chain.request());
            if (isSend(chain)) {
                arrived.countDown();
                awaitQuietly(held);
            }
            return response;
        };
        ConversationsClient client = ConversationsClient.start(options()
                .httpClient(HTTP.newBuilder().addInterceptor(network).build())
                .build());
        PendingMessage pending = conversation(client).sendMessage("hello");
        awaitQuietly(arrived);

        Thread closing = new Thread(client::close, "closing");
        closing.start();
        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(pending::await);
        // Before the answer is let through: it may still bring the message, and unknown then becomes sent.
        assertThat(pending.state()).isEqualTo(State.UNKNOWN);
        held.countDown();

        client.close();
    }

    private static void sendAll(Conversation chat, int count) {
        List<PendingMessage> all = IntStream.range(0, count)
                .mapToObj(number -> chat.sendMessage("message " + number))
                .toList();
        all.forEach(PendingMessage::await);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("nothing happened within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
