package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.hooks.HookThreads;
import io.github.conversations4j.internal.hooks.QueueLimits;
import io.github.conversations4j.internal.rest.RestClient;
import io.github.conversations4j.internal.rest.RestConversationsApi;
import io.github.conversations4j.internal.rest.RestOptions;
import io.github.conversations4j.internal.rest.RestRuntime;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.tests.FakeSource;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is read after a start, if the client lasts that long. */
class DeliverySideTest {
    private final ClientFixture fixture = new ClientFixture();
    private final ClientOptions options = fixture.options(FakeSource.ofMessages())
            .delivery(DeliveryOptions.builder().lookBack(Duration.ofHours(1)).build())
            .build();
    private final Surroundings surroundings = new Surroundings(fixture.time, fixture.time, new Random(1));
    private final RestClient rest = new RestClient(
            options.credentials,
            RestOptions.builder().httpClient(options.httpClient).build(),
            new RestRuntime(fixture.time, fixture.time, new Random(1), Runnable::run));
    private final DeliverySide side = new DeliverySide(
            options,
            new Dispatcher(
                    new HookThreads(Runnable::run, surroundings), QueueLimits.DEFAULT, List.of(), fixture.reports::add),
            surroundings,
            Runnable::run);

    @AfterEach
    void close() throws InterruptedException {
        side.stop();
        rest.close();
        assertThat(rest.awaitClosed(ClientFixture.LONG)).isTrue();
    }

    private void catchUp() {
        side.catchUp(new RestConversationsApi(rest));
    }

    @Test
    void conversations_are_listed() {
        catchUp();
        Patience.until(() -> rest.counts().sent() == 1);
    }

    @Test
    void a_client_that_was_closed_meanwhile_does_not_begin() {
        side.stop();
        catchUp();
        assertThat(rest.counts().sent()).isZero();
    }
}
