package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.conversations4j.PendingMessage.State;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.error.DeliveryFailedException;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantUpdateReason;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.DeliveryStatus;
import io.github.conversations4j.model.DeliverySummary;
import io.github.conversations4j.model.DeliverySummary.Share;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMedia;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.tests.FakeSource;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of a message in another order than usual, by a source that does whatever a test wants. */
class EarlyNewsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(Patience.SECONDS);

    private final FakeSource source = new FakeSource(
            "fake", EventType.PARTICIPANT_UPDATED, EventType.DELIVERY_UPDATED, EventType.MESSAGE_UPDATED);
    private final OkHttpClient http = new OkHttpClient();
    private final CountDownLatch stored = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private ConversationsClient client;
    private Conversation chat;

    @BeforeEach
    void start() {
        client = ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .source(source)
                .httpClient(http.newBuilder().addInterceptor(this::holdAnswer).build())
                .build());
        client.ready().await();
        chat = client.createConversation(NewConversation.builder().build()).await();
    }

    @AfterEach
    void stop() {
        answer.countDown();
        client.close();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
        twilio.close();
    }

    private Response holdAnswer(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        if (chain.request().method().equals("POST")
                && chain.request().url().encodedPath().endsWith("/Messages")) {
            stored.countDown();
            Patience.await(answer);
        }
        return response;
    }

    /** Sends a message whose answer is held back, and gives it as it was stored. */
    private Message held() {
        Patience.await(stored);
        return chat.messages().latest().await().items().get(0);
    }

    /** Fires an event, and waits until the library has seen it. */
    private void fire(ConversationsEvent event) {
        CountDownLatch seen = new CountDownLatch(1);
        Subscription all = client.on(event.type(), any -> seen.countDown());
        source.offer(event);
        Patience.await(seen);
        all.unsubscribe();
    }

    private void reads(String identity, int index) {
        Participant reader = Participant.builder(SampleEvents.sid("MB", identity.hashCode()), chat.sid())
                .identity(identity)
                .lastReadMessageIndex(index)
                .build();
        fire(new ParticipantUpdated(
                SampleEvents.meta("read by " + identity),
                reader,
                Set.of(ParticipantUpdateReason.LAST_READ_MESSAGE_INDEX)));
    }

    private void reports(Message message, DeliveryStatus status) {
        fire(new DeliveryUpdated(
                SampleEvents.meta(message.sid() + status),
                DeliveryReceipt.builder(SampleEvents.sid("DY", 1), chat.sid(), message.sid(), status)
                        .build()));
    }

    @Test
    void a_read_horizon_that_comes_before_the_answer_counts() {
        PendingMessage pending = chat.sendMessage("hello");
        Message message = held();

        reads("bob", message.index());
        answer.countDown();

        assertThat(pending.reached(State.READ).await(PATIENCE).state()).isEqualTo(State.READ);
    }

    @Test
    void receipts_that_come_before_the_answer_count() {
        PendingMessage pending = chat.sendMessage("hello");
        Message message = held();

        reports(message, DeliveryStatus.DELIVERED);
        reports(message, DeliveryStatus.SENT);
        answer.countDown();

        assertThat(pending.reached(State.DELIVERED).await(PATIENCE).state()).isEqualTo(State.DELIVERED);
    }

    @Test
    void a_hook_on_the_state_that_runs_on_the_thread_of_the_source_may_wait_for_other_events() {
        answer.countDown();
        FakeSource own = new FakeSource("own", EventType.MESSAGE_UPDATED);
        try (ConversationsClient onTheSpot = ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .source(own)
                .hookExecutor(Runnable::run)
                .build())) {
            onTheSpot.ready().await();
            PendingMessage pending = onTheSpot.conversation(chat.sid()).sendMessage("hello");
            Message message = pending.await();
            List<State> states = new CopyOnWriteArrayList<>();
            pending.onStateChanged(state -> {
                Thread other = new Thread(() -> own.offer(new MessageUpdated(
                        SampleEvents.meta("edited"),
                        message.toBuilder().body("edited").build(),
                        Set.of())));
                other.start();
                Patience.join(other);
                states.add(state);
            });
            DeliverySummary delivered =
                    new DeliverySummary(1, Share.ALL, Share.ALL, Share.NONE, Share.NONE, Share.NONE);
            own.offer(new MessageUpdated(
                    SampleEvents.meta("updated"),
                    message.toBuilder().delivery(delivered).build(),
                    Set.of()));
            assertThat(states).containsExactly(State.SENT, State.DELIVERED);
        }
    }

    @Test
    void a_delivery_that_succeeds_after_all_is_told_to_whoever_asks_then() {
        answer.countDown();
        PendingMessage pending = chat.sendMessage("hello");
        Message message = pending.await();
        DeliverySummary nobody = new DeliverySummary(1, Share.ALL, Share.NONE, Share.NONE, Share.NONE, Share.ALL);
        fire(new MessageUpdated(
                SampleEvents.meta("updated"),
                message.toBuilder().delivery(nobody).build(),
                Set.of()));
        assertThatExceptionOfType(DeliveryFailedException.class)
                .isThrownBy(() -> pending.reached(State.DELIVERED).await(PATIENCE));

        reports(message, DeliveryStatus.DELIVERED);

        assertThat(pending.state()).isEqualTo(State.DELIVERED);
        assertThat(pending.reached(State.DELIVERED).await(PATIENCE)).isSameAs(pending);
    }

    @Test
    void files_are_let_go_of_when_the_message_is_stored() {
        Upload upload = client.media().upload(NewMedia.of(new byte[100], "image/png"));
        PendingMessage pending = chat.sendMessage(NewMessage.text("look"), List.of(upload));
        assertThat(pending.letter().uploads()).containsExactly(upload);

        answer.countDown();
        pending.await();

        assertThat(pending.letter().uploads()).isEmpty();
    }
}
