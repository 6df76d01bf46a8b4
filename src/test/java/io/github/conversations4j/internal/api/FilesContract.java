package io.github.conversations4j.internal.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.internal.api.ConversationsApi.StoredFile;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewMedia;
import io.github.conversations4j.model.NewMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class FilesContract extends Contract {
    private static final String NO_FILE = "ME" + NOWHERE;
    private static final UploadListener NOBODY = (sent, total) -> {};

    private final ConversationsApi.Files files = api.files();

    FilesContract(Side side) {
        super(side, ConversationsApi.Files.class);
    }

    private String upload(String content) {
        return answer(files.upload(NewMedia.of(content.getBytes(UTF_8), "text/plain"), NOBODY))
                .sid();
    }

    @Test
    @Covers({"upload", "content"})
    void bytes_go_up_and_come_down() {
        Media made = answer(
                files.upload(NewMedia.of("picture".getBytes(UTF_8), "image/png").named("a b€.png"), NOBODY));

        assertThat(made.sid()).matches("ME[0-9a-f]{32}");
        assertThat(made.filename()).isEqualTo("a b€.png");
        assertThat(made.contentType()).startsWith("image/png");
        assertThat(made.size()).isEqualTo(7);
        assertThat(answer(files.content(made.sid()))).asString(UTF_8).isEqualTo("picture");
    }

    @Test
    @Covers({"upload", "content"})
    void a_file_goes_up_with_its_name_and_type_and_tells_how_far_it_is(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("cat.png"), new byte[200_000]);
        List<Long> told = new CopyOnWriteArrayList<>();

        Media made = answer(files.upload(NewMedia.of(file), (sent, total) -> {
            assertThat(total).isEqualTo(200_000);
            told.add(sent);
        }));

        assertThat(made.filename()).isEqualTo("cat.png");
        assertThat(made.contentType()).startsWith("image/png");
        assertThat(told).isSorted().startsWith(0L).endsWith(200_000L).hasSizeGreaterThan(3);
        assertThat(answer(files.content(made.sid()))).hasSize(200_000);
    }

    @Test
    @Covers("upload")
    void a_stream_goes_up_once_with_or_without_its_size() {
        for (long size : new long[] {5, -1}) {
            NewMedia stream = NewMedia.of(new ByteArrayInputStream("hello".getBytes(UTF_8)), "text/plain", size);

            assertThat(answer(files.upload(stream, NOBODY)).size()).isEqualTo(5);
            refusal(ConversationsException.class, "can be read only once", () -> files.upload(stream, NOBODY));
        }
    }

    @Test
    @Covers("upload")
    void an_upload_that_is_cancelled_stops() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                begun.countDown();
                return 0;
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };

        CompletableFuture<Media> upload =
                files.upload(NewMedia.of(endless, "application/octet-stream", 100L << 20), NOBODY);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        upload.cancel(true);

        assertThat(closed.await(10, TimeUnit.SECONDS)).as("nobody reads on").isTrue();
    }

    @Test
    @Covers("upload")
    void a_type_that_is_none_is_refused_before_anything_is_sent() {
        NewMedia file = NewMedia.of(new byte[1], "no type");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> answer(files.upload(file, NOBODY)))
                .havingCause()
                .isInstanceOf(IllegalArgumentException.class)
                .withMessageContaining("content type: must be like image/png");
    }

    @Test
    @Covers("find")
    void many_are_found_at_once_in_their_order_with_links() {
        List<String> sids = List.of(upload("1"), upload("2"), upload("3"));

        List<StoredFile> found = answer(files.find(sids));

        assertThat(found).extracting(file -> file.media().sid()).containsExactlyElementsOf(sids);
        assertThat(found)
                .allSatisfy(file -> assertThat(file.link())
                        .asString()
                        .startsWith(side.twilio.url())
                        .contains(file.media().sid()));
        assertThat(found.toString()).doesNotContain("Signature");
    }

    @Test
    @Covers({"find", "content"})
    void a_file_that_is_not_there_is_named() {
        String there = upload("x");

        refusal(NotFoundException.class, NO_FILE, () -> files.find(List.of(NO_FILE)));
        refusal(NotFoundException.class, NO_FILE, () -> files.find(List.of(there, NO_FILE)));
        refusal(NotFoundException.class, NO_FILE, () -> files.content(NO_FILE));
    }

    @Test
    @Covers({"upload", "mostPerMessage"})
    void as_many_files_as_a_message_can_have_go_with_it_and_no_other() {
        String chat = conversation();
        List<String> sids = java.util.stream.IntStream.range(0, files.mostPerMessage())
                .mapToObj(number -> upload("file " + number))
                .toList();
        NewMessage message = NewMessage.builder().body("look").mediaSids(sids).build();

        Message sent = answer(send(chat, message));

        assertThat(sent.media()).extracting(Media::sid).containsExactlyElementsOf(sids);
        assertThat(answer(api.messages().fetch(chat, sent.sid())).media())
                .extracting(Media::sid)
                .containsExactlyElementsOf(sids);
        assertThat(refusal(TwilioApiException.class, chat, () -> send(chat, message)))
                .isInstanceOf(ConflictException.class)
                .satisfies(used -> assertThat(used.code()).hasValue(50508));
    }

    @Test
    @Covers("mostPerMessage")
    void a_message_with_too_many_files_is_refused() {
        String chat = conversation();
        List<String> many = java.util.Collections.nCopies(files.mostPerMessage() + 1, NO_FILE);
        NewMessage message = NewMessage.builder().mediaSids(many).build();

        if (side.backend) {
            refusal(UnsupportedByClientException.class, "participant", () -> send(chat, message));
        } else {
            refusal(NotFoundException.class, NO_FILE, () -> send(chat, message));
        }
    }
}
