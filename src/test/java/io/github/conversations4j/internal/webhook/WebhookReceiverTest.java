package io.github.conversations4j.internal.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.RecordingSink;
import io.github.conversations4j.source.Sink;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.source.WebhookRefusal;
import io.github.conversations4j.source.WebhookRequest;
import io.github.conversations4j.source.WebhookSource;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.testing.SignedWebhooks;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {
    private static final WebhookAccount ACCOUNT = new WebhookAccount("AC1", List.of("token"), null);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final Map<String, String> MESSAGE =
            Map.of("ConversationSid", "CH1", "MessageSid", "IM1", "Index", "0", "Body", "hi");

    private final RecordingSink sink = new RecordingSink();
    private final ManualTime time = new ManualTime();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "conversations4j-test-io");
        thread.setDaemon(true);
        return thread;
    });
    private final WebhookSource settings = EventSources.webhook("http://127.0.0.1:0/twilio")
            .port(0)
            .bindAddress("127.0.0.1")
            .readTimeout(READ_TIMEOUT)
            .maxBodyBytes(1000);
    private WebhookConnection connection = open(settings);

    private SourceContext context() {
        return new SourceContext(sink, time, time, new SplittableRandom(1), threads);
    }

    private WebhookConnection open(WebhookSource source) {
        return WebhookConnection.open(source, ACCOUNT, Decisions.nobody(), context());
    }

    private int port() {
        connection.ready().toCompletableFuture().join();
        return URI.create(connection.publicUrl()).getPort();
    }

    private WebhookRequest message() {
        return SignedWebhooks.of(connection.publicUrl(), "AC1", "token").request("onMessageAdded", MESSAGE);
    }

    @AfterEach
    void close() throws Exception {
        connection.close(LIMIT).toCompletableFuture().get(10, SECONDS);
        threads.shutdown();
        assertThat(threads.awaitTermination(10, SECONDS)).isTrue();
    }

    @Test
    void answersOverAConnectionThatStaysOpen() throws Exception {
        try (WebhookSender sender = new WebhookSender(port())) {
            for (int i = 0; i < 3; i++) {
                assertThat(sender.exchange(message()))
                        .startsWith("HTTP/1.1 200 ")
                        .containsIgnoringCase("content-length: 0")
                        .doesNotContainIgnoringCase("connection: close");
                assertThat(sink.next(MessageAdded.class).message().body()).isEqualTo("hi");
            }
            assertThat(sender.exchange(SignedWebhooks.of(connection.publicUrl(), "AC1", "token")
                            .asGet()
                            .request("onMessageAdded", MESSAGE)))
                    .startsWith("HTTP/1.1 200 ");
        }
        assertThat(sink.drain()).hasSize(1);
    }

    @Test
    void readsChunkedBodies() throws Exception {
        WebhookRequest request = message();
        String chunked = WebhookSender.text(request)
                .replaceFirst("Content-Length: \\d+", "Transfer-Encoding: chunked")
                .replaceFirst(
                        "(?s)\r\n\r\n(.*)$",
                        "\r\n\r\n" + Integer.toHexString(request.body().length) + "\r\n$1\r\n0\r\n\r\n");

        try (WebhookSender sender = new WebhookSender(port())) {
            sender.send(chunked);
            assertThat(sender.reply()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void refusesWithoutSayingWhy() throws Exception {
        try (WebhookSender sender = new WebhookSender(port())) {
            sender.send("POST /twilio HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\n\r\na=1");

            assertThat(sender.reply()).startsWith("HTTP/1.1 403 ").endsWith("\r\n\r\n");
        }
        assertThat(connection.refusals()).containsEntry(WebhookRefusal.SIGNATURE, 1L);
    }

    @Test
    void refusesBodiesThatAreTooLongWithoutReadingThem() throws Exception {
        String head = "POST /twilio HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n";
        for (String oversized : List.of(
                head + "Content-Length: 2000000000\r\n\r\n",
                head + "Content-Length: 9223372036854775807\r\n\r\n",
                head + "Transfer-Encoding: chunked\r\n\r\n5dc\r\n" + "x".repeat(1500) + "\r\n")) {
            try (WebhookSender sender = new WebhookSender(port())) {
                sender.send(oversized);
                assertThat(sender.reply()).startsWith("HTTP/1.1 413 ");
                sender.endOutput();
                assertThat(sender.isClosedByPeer()).isTrue();
            }
        }
        assertThat(connection.refusals()).containsEntry(WebhookRefusal.TOO_LARGE, 3L);
    }

    @Test
    void refusesBodiesThatEndTooEarly() throws Exception {
        String whole = WebhookSender.text(message());
        try (WebhookSender sender = new WebhookSender(port())) {
            sender.send(whole.substring(0, whole.length() - 1));
            sender.endOutput();

            assertThat(sender.reply()).startsWith("HTTP/1.1 400 ");
            assertThat(sender.isClosedByPeer()).isTrue();
        }
        assertThat(connection.refusals()).containsEntry(WebhookRefusal.MALFORMED, 1L);
        assertThat(sink.drain()).isEmpty();
    }

    @Test
    void givesUpRequestsThatArriveTooSlowly() throws Exception {
        String whole = WebhookSender.text(message());
        int body = whole.indexOf("\r\n\r\n") + 4;
        try (WebhookSender quick = new WebhookSender(port())) {
            for (int sent : new int[] {10, body - 2, body, whole.length() - 1}) {
                try (WebhookSender slow = new WebhookSender(port())) {
                    slow.send(whole.substring(0, sent));
                    assertThat(quick.exchange(message())).startsWith("HTTP/1.1 200 ");

                    letTimePassUntilGivenUp(slow);
                }
            }
            assertThat(quick.exchange(message())).startsWith("HTTP/1.1 200 ");
        }
    }

    /** Again and again, since nobody tells when a request begins to be read. What has arrived is not harmed by it. */
    private void letTimePassUntilGivenUp(WebhookSender slow) throws IOException {
        int rounds = 0;
        while (!slow.isSoonClosedByPeer()) {
            assertThat(rounds++).isLessThan(1_000);
            time.advance(READ_TIMEOUT);
        }
    }

    @Test
    void doesNotGiveUpWhatHasArrivedAndIsOnlyHandledSlowly() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch handling = new CountDownLatch(1);
        sink.answer(event -> {
            handling.countDown();
            await(release);
            return Sink.Offer.ACCEPTED;
        });
        try (WebhookSender sender = new WebhookSender(port());
                WebhookSender slow = new WebhookSender(port())) {
            sender.send(WebhookSender.text(message()));
            await(handling);
            slow.send("POST");
            // By the time that the slow request is given up, the other one would have been, too.
            letTimePassUntilGivenUp(slow);
            release.countDown();

            assertThat(sender.reply()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aPortInUseIsNamedWithWhatToDo() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> open(settings.port(other.getLocalPort())))
                    .isInstanceOf(ConversationsException.class)
                    .hasMessageContaining("127.0.0.1:" + other.getLocalPort())
                    .hasMessageContaining("in use")
                    .hasMessageContaining("EventSources.webhook(…).port(…)")
                    .hasCauseInstanceOf(BindException.class);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        assertThatThrownBy(() -> open(settings.bindAddress("203.0.113.7")))
                .isInstanceOf(ConversationsException.class)
                .hasMessageContaining("203.0.113.7:0");
        assertThatThrownBy(() -> open(settings.bindAddress("no-such-host.invalid")))
                .isInstanceOf(ConversationsException.class)
                .hasMessageContaining("no-such-host.invalid:0")
                .hasMessageContaining("no such host");
    }

    @Test
    void doesNotStartWithoutAnAuthToken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookConnection.open(
                        settings, new WebhookAccount("AC1", List.of(), null), Decisions.nobody(), context()))
                .withMessageContaining("AC1")
                .withMessageContaining("TWILIO_AUTH_TOKEN");
    }

    @Test
    void servesUntilWhatIsHandledHasEndedAndThenFreesThePort() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch handling = new CountDownLatch(1);
        sink.answer(event -> {
            handling.countDown();
            await(release);
            return Sink.Offer.ACCEPTED;
        });
        int port = port();
        try (WebhookSender sender = new WebhookSender(port);
                WebhookSender late = new WebhookSender(port)) {
            sender.send(WebhookSender.text(message()));
            await(handling);

            CompletableFuture<Void> closed = connection.close(LIMIT).toCompletableFuture();
            assertThat(late.exchange(message())).startsWith("HTTP/1.1 503 ");
            assertThat(closed).isNotDone();
            release.countDown();

            assertThat(sender.reply()).startsWith("HTTP/1.1 200 ");
            closed.get(10, SECONDS);
        }
        assertThat(time.pending()).as("what is still planned").isZero();
        assertThatThrownBy(() -> new WebhookSender(port)).isInstanceOf(ConnectException.class);
        assertThat(connection.refusals()).containsEntry(WebhookRefusal.CLOSED, 1L);
    }

    @Test
    void closesWithinTheLimitWhateverIsHandled() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        sink.answer(event -> {
            handling.countDown();
            await(release);
            return Sink.Offer.ACCEPTED;
        });
        try (WebhookSender sender = new WebhookSender(port())) {
            sender.send(WebhookSender.text(message()));
            await(handling);

            CompletableFuture<Void> closed = connection.close(LIMIT).toCompletableFuture();
            time.advance(LIMIT.minusNanos(1));
            assertThat(closed).isNotDone();
            time.advance(Duration.ofNanos(1));

            closed.get(10, SECONDS);
            assertThat(sender.isClosedByPeer()).isTrue();
        } finally {
            release.countDown();
        }
    }

    @Test
    void answersQuestionsWhileItCloses() {
        connection.close(LIMIT);

        assertThat(connection
                        .handle(SignedWebhooks.of(connection.publicUrl(), "AC1", "token")
                                .request("onMessageAdd", MESSAGE))
                        .status())
                .isEqualTo(200);
        assertThat(connection.handle(message()).status()).isEqualTo(503);
    }

    @Test
    void needsNoReceiverWhenItIsMountedElsewhere() throws Exception {
        WebhookConnection mounted =
                open(EventSources.webhook("https://chat.example.com/twilio").mountedElsewhere());

        mounted.ready().toCompletableFuture().get(10, SECONDS);
        assertThat(mounted.publicUrl()).isEqualTo("https://chat.example.com/twilio");
        assertThat(mounted.handle(SignedWebhooks.of(mounted.publicUrl(), "AC1", "token")
                                .request("onMessageAdded", MESSAGE))
                        .status())
                .isEqualTo(200);
        mounted.close(LIMIT).toCompletableFuture().get(10, SECONDS);
    }

    @Test
    void failsIfItsAnnouncementDoes() throws Exception {
        WebhookConnection failing = open(settings.onListening(url -> {
            throw new IllegalStateException("cannot set " + url);
        }));

        assertThatThrownBy(() -> failing.ready().toCompletableFuture().get(10, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("cannot set " + failing.publicUrl());
        failing.close(LIMIT).toCompletableFuture().get(10, SECONDS);
    }

    @Test
    void failsIfItsAnnouncementLacksAClass() throws Exception {
        NoClassDefFoundError missing = new NoClassDefFoundError("com/example/Sender");
        WebhookConnection failing = open(settings.onListening(url -> {
            throw missing;
        }));

        assertThatThrownBy(() -> failing.ready().toCompletableFuture().get(10, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCause(missing);
        failing.close(LIMIT).toCompletableFuture().get(10, SECONDS);
    }

    @Test
    void freesThePortEvenIfItNeverServed() throws Exception {
        WebhookReceiver neverStarted = new WebhookReceiver(settings, context());

        neverStarted.close(LIMIT).toCompletableFuture().get(10, SECONDS);

        try (ServerSocket next = new ServerSocket(neverStarted.port(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(next.isBound()).isTrue();
        }
    }

    /** What is still open afterwards fails the class, as any socket does that a test class leaves behind. */
    @Test
    void forgetsNoConnectionThatCameWhileItClosed() throws Exception {
        for (int round = 0; round < 200; round++) {
            WebhookConnection closing = open(settings);
            closing.ready().toCompletableFuture().get(10, SECONDS);
            int port = URI.create(closing.publicUrl()).getPort();
            List<Future<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                callers.add(threads.submit(() -> callUntilRefused(port)));
            }

            closing.close(LIMIT).toCompletableFuture().get(10, SECONDS);

            for (Future<Integer> caller : callers) {
                assertThat(caller.get(10, SECONDS)).isNotNegative();
            }
        }
    }

    private static int callUntilRefused(int port) {
        for (int calls = 0; true; calls++) {
            try (Socket caller = new Socket("127.0.0.1", port)) {
                caller.getOutputStream().write("GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(US_ASCII));
                if (caller.getInputStream().read() < 0) {
                    return calls;
                }
            } catch (IOException e) {
                return calls;
            }
        }
    }

    @Test
    void isNotReadyIfItIsClosedBefore() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        WebhookConnection early = open(settings.onListening(url -> await(release)));

        early.close(LIMIT).toCompletableFuture().get(10, SECONDS);
        release.countDown();

        assertThatThrownBy(() -> early.ready().toCompletableFuture().get(10, SECONDS))
                .hasCauseInstanceOf(ClientClosedException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
