package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.conversations.v1.conversation.Message;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.Verdict;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.source.WebhookRequest;
import io.github.conversations4j.tests.HookListener;
import io.github.conversations4j.tests.Patience;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.MockResponse;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * More questions than there are places for, through the emulator's real pre-event webhooks. The server is the test's own,
 * which has a thread for every question.
 */
class TooManyQuestionsTest {
    private static final int PLACES = 256;

    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final HookListener server = new HookListener();
    private final List<ErrorReport> reports = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(PLACES);
    private final CountDownLatch decided = new CountDownLatch(1);
    private final List<Thread> people = new ArrayList<>();
    private SimulatedParticipant bob;
    private ConversationsClient client;

    TooManyQuestionsTest() throws IOException {}

    @BeforeEach
    void start() {
        bob = twilio.user("bob").in("general").joins();
        client = ConversationsClient.start(twilio.backendOptions()
                .source(EventSources.webhook(server.url("/twilio")).mountedElsewhere())
                .errorHandler(reports::add)
                .build());
        client.ready().await();
        server.answering(this::handled);
        twilio.sendWebhooksTo(server.url("/twilio"));
    }

    private MockResponse handled(HookListener.Received received) {
        WebhookRequest.Builder request = WebhookRequest.builder(
                received.request().getMethod(), received.request().getTarget());
        received.request().getHeaders().forEach(header -> request.header(header.getFirst(), header.getSecond()));
        WebhookReply reply = client.webhooks()
                .handle(request.body(received.request().getBody().toByteArray()).build());
        return new MockResponse.Builder()
                .code(reply.status())
                .body(new Buffer().write(reply.body()))
                .build();
    }

    @AfterEach
    void stop() {
        decided.countDown();
        people.forEach(Patience::join);
        client.close();
        twilio.close();
        server.close();
    }

    @Test
    void theOneTooManyIsStoredAtOnceAndReported() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        client.beforeMessageAdded(draft -> {
            seen.add(String.valueOf(draft.body()));
            asked.countDown();
            decided.await();
            return Verdict.reject();
        });
        for (int i = 0; i < PLACES; i++) {
            String text = "held " + i;
            people.add(new Thread(() -> says(text), text));
        }
        people.forEach(Thread::start);
        Patience.await(asked);

        bob.says("one too many");

        assertThat(Message.fetcher(bob.conversationSid(), bob.lastMessageSid())
                        .fetch(client.twilio())
                        .getBody())
                .isEqualTo("one too many");
        assertThat(seen).hasSize(PLACES).doesNotContain("one too many");
        decided.countDown();
        Patience.until(() -> !tooMany().isEmpty());
        assertThat(tooMany()).hasSize(1);
    }

    private List<String> tooMany() {
        return reports.stream()
                .map(ErrorReport::what)
                .filter(what -> what.equals("before hooks: 256 questions are open, one more was left undecided"))
                .toList();
    }

    /** Whoever waited too long was let through, and whoever did not was rejected; either will do here. */
    private void says(String text) {
        try {
            twilio.user("bob").in("general").says(text);
        } catch (TwilioApiException rejected) {
            assertThat(rejected.code()).hasValue(50056);
        }
    }
}
