package io.github.conversations4j.internal.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.internal.api.ConversationsApi.StoredFile;
import io.github.conversations4j.internal.media.MediaDoor.Entry;
import io.github.conversations4j.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** On which thread calls are begun. */
class MediaClientTest {
    private final ManualTime time = new ManualTime();
    private final Queue<Runnable> given = new ArrayDeque<>();
    private final CompletableFuture<Entry> door = new CompletableFuture<>();
    private final MediaClient client =
            new MediaClient(action -> door, new MediaOptions(10, null, time, new SplittableRandom(1), given::add));

    @Test
    void beginsNothingOnTheThreadThatOpensTheDoor() throws InterruptedException {
        CompletableFuture<List<StoredFile>> found = client.find(List.of("ME1")).toCompletableFuture();

        door.complete(new Entry(HttpUrl.get("http://localhost:1"), null, "X-Token", "secret"));

        assertThat(given).as("what goes on elsewhere").hasSize(1);
        client.close();
        while (!given.isEmpty()) {
            given.remove().run();
        }
        assertThat(found)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withRootCauseInstanceOf(ClientClosedException.class);
        assertThat(client.awaitClosed(Duration.ofSeconds(10))).isTrue();
    }
}
