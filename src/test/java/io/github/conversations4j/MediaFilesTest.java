package io.github.conversations4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.conversations4j.PendingMessage.State;
import io.github.conversations4j.Upload.Progress;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.RestFaults;
import io.github.conversations4j.error.ConnectionFailedException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.model.Content;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMedia;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.testing.ManualTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Files, on both kinds of client. */
@ParameterizedClass
@EnumSource
class MediaFilesTest {
    enum Kind {
        BACKEND,
        PARTICIPANT
    }

    @Parameter
    Kind kind;

    private final ManualTime time = new ManualTime();
    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final OkHttpClient http = new OkHttpClient();

    /** Uploads that were begun, and lookups. */
    private final AtomicInteger uploads = new AtomicInteger();

    private final AtomicInteger lookups = new AtomicInteger();
    private final LinkedBlockingQueue<ErrorReport> reports = new LinkedBlockingQueue<>();
    private ConversationsClient client;

    private ConversationsClient client() {
        if (client == null) {
            ClientOptions.Builder options = kind == Kind.BACKEND
                    ? ClientOptions.backend(twilio.credentials()).baseUrl(twilio.url())
                    : twilio.participantOptions("alice");
            client = ConversationsClient.start(options.clock(time)
                    .errorHandler(reports::add)
                    .httpClient(http.newBuilder().addInterceptor(this::watch).build())
                    .build());
        }
        return client;
    }

    private Response watch(Interceptor.Chain chain) throws IOException {
        String path = chain.request().url().encodedPath();
        boolean upload = path.endsWith("/Media");
        if (upload) {
            uploads.incrementAndGet();
        } else if (path.contains("/Media") && !path.endsWith("/Content")) {
            lookups.incrementAndGet();
        }
        return chain.proceed(chain.request());
    }

    private RestFaults answersToUploads(int lost) {
        return twilio.faults().rest().method("POST").path("/Media").next(lost);
    }

    @AfterEach
    void end() {
        if (client != null) {
            client.close();
        }
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
        twilio.close();
    }

    private Conversation chat() {
        return client().createConversation(NewConversation.builder().build()).await();
    }

    private Upload upload(String content) {
        return client().media().upload(NewMedia.of(content.getBytes(UTF_8), "text/plain"));
    }

    @Test
    void a_message_goes_when_its_file_is_there_and_the_file_comes_back() throws InterruptedException {
        Conversation chat = chat();
        Upload upload = client().media()
                .upload(NewMedia.of(new byte[300_000], "image/png").named("cat.png"));
        LinkedBlockingQueue<Progress> told = new LinkedBlockingQueue<>();
        upload.onProgress(told::add);

        PendingMessage pending = chat.sendMessage(NewMessage.text("look"), List.of(upload));
        Message sent = pending.await();

        assertThat(pending.state()).isEqualTo(State.SENT);
        assertThat(sent.body()).isEqualTo("look");
        assertThat(sent.media()).extracting(Media::filename).containsExactly("cat.png");
        String sid = upload.await().sid();
        assertThat(sent.media()).extracting(Media::sid).containsExactly(sid);
        assertThat(upload.progress()).isEqualTo(new Progress(300_000, 300_000));
        assertThat(told.poll(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(client().media().content(sid).await()).hasSize(300_000);
        assertThat(client().media().fetch(sid).await().size()).isEqualTo(300_000);
    }

    @Test
    void an_answer_that_is_lost_doubles_no_message() {
        answersToUploads(2).cutAfter();
        Conversation chat = chat();

        Message sent = chat.sendMessage(NewMessage.builder().build(), List.of(upload("picture")))
                .await();

        assertThat(uploads).hasValue(3);
        assertThat(sent.media()).hasSize(1);
        assertThat(chat.messages().latest().await().items())
                .extracting(Message::sid)
                .containsExactly(sent.sid());
    }

    @Test
    void an_upload_that_breaks_off_too_often_fails_its_message_and_nothing_is_sent() {
        answersToUploads(100).cutAfter();
        Conversation chat = chat();

        PendingMessage pending = chat.sendMessage(NewMessage.text("look"), List.of(upload("picture")));

        assertThatExceptionOfType(ConnectionFailedException.class)
                .isThrownBy(pending::await)
                .withMessageContaining("No message was sent");
        assertThat(pending.state()).isEqualTo(State.FAILED);
        assertThat(uploads).hasValue(3);
        assertThat(chat.messages().count().await()).isZero();
    }

    @Test
    void a_failed_upload_that_nobody_looks_at_is_reported() throws InterruptedException {
        answersToUploads(100).cutAfter();

        upload("picture");

        ErrorReport report = reports.poll(20, TimeUnit.SECONDS);
        assertThat(report).isNotNull();
        assertThat(report.what())
                .contains("upload a file (text/plain, 7 bytes)")
                .contains("nobody looked");
        assertThat(report.cause()).isInstanceOf(ConnectionFailedException.class);
    }

    @Test
    void a_stream_that_breaks_off_is_not_sent_again() {
        answersToUploads(1).cutAfter();
        Upload upload = client().media().upload(NewMedia.of(new ByteArrayInputStream(new byte[3]), "text/plain", 3));

        assertThatExceptionOfType(ConnectionFailedException.class).isThrownBy(upload::await);
        assertThat(uploads).hasValue(1);
    }

    private static InputStream endless(CountDownLatch begun) {
        return new InputStream() {
            @Override
            public int read() {
                begun.countDown();
                return 0;
            }
        };
    }

    @Test
    void the_first_upload_that_fails_decides() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Conversation chat = chat();
        Upload endless = client().media().upload(NewMedia.of(endless(begun), "text/plain", 100L << 20));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        answersToUploads(1).cutAfter();
        Upload broken = client().media().upload(NewMedia.of(new ByteArrayInputStream(new byte[3]), "text/plain", 3));

        List<Upload> files = kind == Kind.PARTICIPANT ? List.of(endless, broken) : List.of(broken);
        PendingMessage pending = chat.sendMessage(NewMessage.builder().build(), files);

        assertThatExceptionOfType(ConnectionFailedException.class).isThrownBy(pending::await);
        assertThat(endless.cancel()).as("the other is on its way still").isTrue();
    }

    @Test
    void an_upload_that_is_cancelled_takes_its_message_with_it() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Conversation chat = chat();
        Upload upload = client().media().upload(NewMedia.of(endless(begun), "text/plain", 100L << 20));
        PendingMessage pending = chat.sendMessage(NewMessage.text("look"), List.of(upload));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(upload.cancel()).isTrue();

        assertThatExceptionOfType(CancellationException.class).isThrownBy(upload::await);
        assertThatExceptionOfType(CancellationException.class).isThrownBy(pending::await);
        assertThat(pending.state()).isEqualTo(State.FAILED);
        assertThat(chat.messages().count().await()).isZero();
    }

    @Test
    void several_files_go_where_twilio_takes_several() {
        Conversation chat = chat();
        List<Upload> files = IntStream.range(0, 3)
                .mapToObj(number -> upload("file " + number))
                .toList();

        if (kind == Kind.PARTICIPANT) {
            Message sent = chat.sendMessage(NewMessage.builder().build(), files).await();
            assertThat(sent.media())
                    .extracting(Media::sid)
                    .containsExactlyElementsOf(
                            files.stream().map(file -> file.await().sid()).toList());
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> chat.sendMessage(NewMessage.builder().build(), files))
                    .withMessageContaining("at most 1 per message")
                    .withMessageContaining("a participant's client several");
            files.forEach(Upload::await);
        }
    }

    @Test
    void a_link_is_given_again_for_a_minute_and_then_fetched_anew() {
        List<String> sids =
                List.of(upload("1").await().sid(), upload("2").await().sid());
        Map<String, URI> first = client().media().links(sids).await();
        int asked = lookups.get();

        time.advance(MINUTE.minusMillis(1));
        assertThat(client().media().links(sids).await()).isEqualTo(first);
        assertThat(client().media().link(sids.get(1)).await()).isEqualTo(first.get(sids.get(1)));
        assertThat(lookups).as("lookups within the minute").hasValue(asked);
        time.advance(Duration.ofMillis(1));
        assertThat(client().media().links(sids).await().keySet()).containsExactlyElementsOf(sids);

        assertThat(first.keySet()).containsExactlyElementsOf(sids);
        assertThat(lookups).as("lookups after it").hasValue(2 * asked);
        assertThat(asked).as("two links cost").isEqualTo(kind == Kind.PARTICIPANT ? 1 : 2);
    }

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void what_is_not_there_or_too_large_is_refused() {
        String nowhere = "ME" + "0".repeat(32);
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> client().media().link(nowhere).await())
                .withMessageContaining(nowhere);
        InputStream nothing = InputStream.nullInputStream();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client().media().upload(NewMedia.of(nothing, "text/plain", (150L << 20) + 1)))
                .withMessageContaining("157286400");
    }

    @Test
    void files_that_are_too_large_for_mms_name_the_limit_and_are_not_sent() {
        Conversation chat = chat();
        if (kind == Kind.PARTICIPANT) {
            twilio.user("alice").in(chat.sid()).joins();
        }
        chat.participants().addAddress("+15550009", "+15550100").await();
        Upload upload = client().media().upload(NewMedia.of(new byte[(2 << 20) + 1], "image/png"));

        PendingMessage refused = chat.sendMessage(NewMessage.builder().build(), List.of(upload));

        assertThatIllegalArgumentException()
                .isThrownBy(refused::await)
                .withMessageContaining("2097152")
                .withMessageContaining("MMS")
                .withMessageContaining("+15550009");
        assertThat(chat.messages().count().await()).isZero();
    }

    @Test
    void files_that_are_given_by_sid_count_too() {
        Conversation chat = chat();
        if (kind == Kind.PARTICIPANT) {
            twilio.user("alice").in(chat.sid()).joins();
        }
        chat.participants()
                .addAddress("whatsapp:+15550009", "whatsapp:+15550100")
                .await();
        List<String> sids =
                List.of(upload("1").await().sid(), upload("2").await().sid());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> chat.sendMessage(
                                NewMessage.builder().mediaSids(sids).build())
                        .await())
                .withMessageContaining("at most 1 per message")
                .withMessageContaining(kind == Kind.PARTICIPANT ? "whatsapp:+15550009" : "taken here");
        assertThat(chat.messages().count().await()).isZero();
    }

    @Test
    void what_a_message_holds_is_told_by_kind() {
        Conversation chat = chat();
        Message text = chat.sendMessage("hello").await();
        Message files = chat.sendMessage(NewMessage.text("look"), List.of(upload("picture")))
                .await();
        Upload quickReply = client().media()
                .upload(NewMedia.of(
                        "{\"data\":{\"body\":\"Lunch?\",\"actions\":[{\"title\":\"Yes\",\"id\":\"y\"}]}}"
                                .getBytes(UTF_8),
                        "application/x-vnd.com.twilio.rich.twilio.quick-reply"));
        Message rich = chat.sendMessage(NewMessage.builder().build(), List.of(quickReply))
                .await();

        assertThat(chat.messages().content(text).await()).isEqualTo(new Content.Text("hello", "{}"));
        assertThat(chat.messages().content(files).await())
                .isEqualTo(new Content.Files("look", files.media(), List.of(), "{}"));
        assertThat(chat.messages().content(rich).await()).isInstanceOfSatisfying(Content.QuickReply.class, reply -> {
            assertThat(reply.body()).isEqualTo("Lunch?");
            assertThat(reply.replies()).containsExactly(new Content.Action.Reply("Yes", "y"));
        });
    }
}
