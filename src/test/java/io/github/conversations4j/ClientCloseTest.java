package io.github.conversations4j;

import static io.github.conversations4j.ClientFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.source.Sink.Offer;
import io.github.conversations4j.tests.FakeSource;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a client goes down: politely, by force, from inside, twice, and several at a time. */
class ClientCloseTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    private final ClientFixture fixture = new ClientFixture();
    private final FakeSource source = FakeSource.ofMessages();

    private ConversationsClient start() {
        return ConversationsClient.start(fixture.options(source).build());
    }

    @Test
    void what_was_taken_in_is_finished_and_nothing_goes_on_afterwards() {
        ConversationsClient client = start();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Integer> seen = new CopyOnWriteArrayList<>();
        Subscription handle = client.onMessageAdded(event -> {
            first.countDown();
            Patience.await(release);
            seen.add(event.message().index());
        });
        for (int index = 0; index < 10; index++) {
            assertThat(source.message(1, index)).isEqualTo(Offer.ACCEPTED);
        }
        Patience.await(first);
        AtomicReference<Boolean> ended = new AtomicReference<>();
        Thread closer = new Thread(() -> ended.set(client.close(LONG)));
        closer.start();
        Patience.until(client::isClosed);
        Patience.untilBlocked(closer);
        release.countDown();
        Patience.join(closer);
        assertThat(ended).hasValue(true);
        assertThat(seen).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(handle.isActive()).isFalse();
        assertThat(client.activeHooks()).isZero();
        assertThat(source.closings()).isEqualTo(1);
        assertThat(source.message(1, 100)).isEqualTo(Offer.CLOSED);
    }

    @Test
    void nothing_can_be_asked_of_a_closed_client() {
        ConversationsClient client = start();
        Conversation conversation = client.conversation(SampleEvents.conversation(1));
        assertThat(client.close(LONG)).isTrue();
        assertThatThrownBy(() -> client.onMessageAdded(event -> {}))
                .isInstanceOf(ClientClosedException.class)
                .hasMessage("register a hook for messageAdded: the client is closed. Start a new one");
        assertThatThrownBy(() -> conversation.onMessageAdded(event -> {})).isInstanceOf(ClientClosedException.class);
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void a_hook_that_hangs_is_interrupted_and_its_stack_reported() {
        ConversationsClient client = start();
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        client.onMessageAdded(event -> {
            hanging.countDown();
            try {
                Patience.blockForEver();
            } finally {
                interrupted.countDown();
            }
        });
        source.message(1, 0);
        Patience.await(hanging);
        assertThat(client.close(SHORT)).isFalse();
        Patience.await(interrupted);
        assertThat(fixture.reports).anySatisfy(report -> {
            assertThat(report.what()).isEqualTo("a hook for messageAdded was interrupted");
            assertThat(report.cause().getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(getClass().getName()));
        });
        assertThat(client.close(LONG)).as("what the first closing said").isFalse();
    }

    @Test
    void inside_a_hook_it_does_not_wait_and_the_rest_happens_when_the_hook_has_returned() {
        ConversationsClient client = start();
        AtomicReference<Boolean> inside = new AtomicReference<>();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        client.onMessageAdded(event -> {
            if (event.message().index() == 0) {
                inside.set(client.close(LONG));
            }
            seen.add(event.message().index());
        });
        source.message(1, 0);
        assertThat(waitsForEnd(client)).isTrue();
        assertThat(inside).hasValue(false);
        assertThat(seen).containsExactly(0);
        assertThat(fixture.reports).isEmpty();
    }

    /** Until the flag is up close() would be the first and only closer. */
    private static boolean waitsForEnd(ConversationsClient client) {
        Patience.until(client::isClosed);
        return client.close(LONG);
    }

    @Test
    void inside_a_hook_on_an_executor_of_the_applications_it_does_not_wait_either() throws Exception {
        ExecutorService single = Executors.newSingleThreadExecutor();
        ConversationsClient client = ConversationsClient.start(
                fixture.options(source).hookExecutor(single).build());
        client.onMessageAdded(event -> client.close(LONG));
        source.message(1, 0);
        assertThat(waitsForEnd(client)).isTrue();
        assertThat(single.isShutdown()).as("not ours").isFalse();
        single.shutdown();
        assertThat(single.awaitTermination(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void inside_a_stage_of_an_answer_it_does_not_wait() {
        ConversationsClient client = start();
        AtomicReference<Boolean> inside = new AtomicReference<>();
        client.ready().thenAcceptAsync(event -> inside.set(client.close(LONG)));
        assertThat(waitsForEnd(client)).isTrue();
        assertThat(inside).hasValue(false);
    }

    @Test
    void on_a_thread_that_a_source_was_lent_it_does_not_wait() {
        ConversationsClient client = start();
        AtomicReference<Boolean> inside = new AtomicReference<>();
        source.context().executor().execute(() -> inside.set(client.close(LONG)));
        assertThat(waitsForEnd(client)).isTrue();
        assertThat(inside).hasValue(false);
    }

    @Test
    void an_error_handler_that_closes_while_the_client_is_closing_does_not_wait_for_itself() {
        AtomicReference<ConversationsClient> client = new AtomicReference<>();
        List<Boolean> inside = new CopyOnWriteArrayList<>();
        CountDownLatch hanging = new CountDownLatch(1);
        client.set(ConversationsClient.start(fixture.options(source)
                .errorHandler(report -> inside.add(client.get().close(LONG)))
                .build()));
        client.get().onMessageAdded(event -> {
            hanging.countDown();
            Patience.blockForEver();
        });
        source.message(1, 0);
        Patience.await(hanging);
        assertThat(client.get().close(SHORT)).isFalse();
        Patience.until(() -> inside.size() == 2);
        assertThat(inside).containsOnly(false);
    }

    @Test
    void a_second_closer_waits_for_the_first_and_hears_the_same() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        source.ending(end);
        ConversationsClient client = start();
        List<Boolean> heard = new CopyOnWriteArrayList<>();
        List<Thread> closers = List.of(
                new Thread(() -> heard.add(client.close(LONG))),
                new Thread(() -> heard.add(client.close(LONG))),
                new Thread(() -> heard.add(client.close(LONG))));
        closers.forEach(Thread::start);
        closers.forEach(Patience::untilBlocked);
        assertThat(client.close(SHORT)).as("not ended yet").isFalse();
        assertThat(heard).isEmpty();
        end.complete(null);
        closers.forEach(Patience::join);
        assertThat(heard).containsExactly(true, true, true);
        assertThat(source.closings()).isEqualTo(1);
        assertThat(client.close(Duration.ZERO)).isTrue();
    }

    @Test
    void sources_that_throw_or_never_end_keep_nothing_else_open() {
        FakeSource throwing = new FakeSource("throwing", EventType.TYPING_STARTED).onClose(() -> {
            throw new IllegalStateException("cannot close");
        });
        FakeSource endless = new FakeSource("endless", EventType.TYPING_ENDED).ending(new CompletableFuture<>());
        ConversationsClient client = ConversationsClient.start(
                fixture.options(throwing.and(endless).and(source)).build());
        client.onMessageAdded(event -> {});
        assertThat(client.close(SHORT)).isFalse();
        assertThat(source.closings()).isEqualTo(1);
        assertThat(endless.closings()).isEqualTo(1);
        assertThat(client.activeHooks()).isZero();
    }

    @Test
    void a_hook_that_waits_for_the_client_to_become_ready_does_not_hold_up_closing() {
        source.ready(new CompletableFuture<>());
        ConversationsClient client = start();
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicReference<Throwable> heard = new AtomicReference<>();
        client.onMessageAdded(event -> {
            waiting.countDown();
            try {
                client.ready().await(LONG);
            } catch (ClientClosedException e) {
                heard.set(e);
            }
        });
        source.message(1, 0);
        Patience.await(waiting);
        assertThat(client.close(LONG)).isTrue();
        assertThat(heard.get()).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void an_interrupt_of_the_closer_cuts_waiting_short_and_stays_set() {
        ConversationsClient client = start();
        CountDownLatch hanging = new CountDownLatch(1);
        client.onMessageAdded(event -> {
            hanging.countDown();
            Patience.blockForEver();
        });
        source.message(1, 0);
        Patience.await(hanging);
        Thread.currentThread().interrupt();
        assertThat(client.close(LONG)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    @Timeout(Patience.SECONDS)
    void a_store_that_hangs_keeps_nothing_else_open() {
        HangingStore store = new HangingStore();
        ConversationsClient client = ConversationsClient.start(fixture.options(source)
                .delivery(DeliveryOptions.builder().cursors(store).build())
                .build());
        client.onMessageAdded(event -> {});
        client.ready().await(LONG);
        source.message(1, 0);
        Patience.await(store.asked);
        assertThat(client.close(SHORT)).isFalse();
        assertThat(fixture.reported()).contains("close: saving the cursors failed");
        assertThatThrownBy(() -> source.context().executor().execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    @Timeout(Patience.SECONDS)
    void one_limit_counts_for_everything_together() {
        Duration day = Duration.ofDays(1);
        source.ending(new CompletableFuture<>()).onClose(() -> fixture.time.advance(day));
        ConversationsClient client = start();
        CountDownLatch hanging = new CountDownLatch(1);
        client.onMessageAdded(event -> {
            hanging.countDown();
            Patience.blockForEver();
        });
        source.message(1, 0);
        Patience.await(hanging);
        assertThat(client.close(day)).isFalse();
    }

    @Test
    void the_limit_may_be_as_long_as_durations_are() {
        assertThat(start().close(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
    }

    @Test
    void a_scheduler_that_fails_keeps_nothing_else_open() {
        AtomicBoolean shutDown = new AtomicBoolean();
        ConversationsClient client = ConversationsClient.start(fixture.options(source)
                .scheduler((task, delay) -> {
                    Scheduler.Cancellable timer = fixture.time.schedule(task, delay);
                    return () -> {
                        if (shutDown.get()) {
                            throw new IllegalStateException("the scheduler is shut down");
                        }
                        timer.cancel();
                    };
                })
                .build());
        List<Integer> seen = new CopyOnWriteArrayList<>();
        client.onMessageAdded(event -> seen.add(event.message().index()));
        source.message(1, 0);
        source.message(1, 2);
        shutDown.set(true);
        assertThat(client.close(LONG)).isFalse();
        assertThat(fixture.reported()).containsExactly("close: stopping delivery failed");
        assertThat(seen).as("what was taken in is finished").containsExactly(0);
        assertThat(client.activeHooks()).isZero();
        assertThatThrownBy(() -> source.context().executor().execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void no_timer_is_left_on_a_scheduler_that_goes_on() {
        ConversationsClient client = start();
        client.ready().await(LONG);
        source.context().sink().markIncomplete(SampleEvents.conversation(1));
        assertThat(fixture.time.pending()).isPositive();
        assertThat(client.close(LONG)).isTrue();
        assertThat(fixture.time.pending()).isZero();
    }

    @Test
    void what_was_handed_in_is_left_alone() {
        ExecutorService executor = Executors.newCachedThreadPool();
        ConversationsClient client = ConversationsClient.start(
                fixture.options(source).hookExecutor(executor).build());
        client.close(LONG);
        assertThat(executor.isShutdown()).isFalse();
        executor.shutdown();
    }
}
