package io.github.conversations4j;

import static io.github.conversations4j.ClientFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.tests.FakeSource;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The one client for the whole program. */
class ConversationsContextTest {
    private final ClientFixture fixture = new ClientFixture();
    private final FakeSource source = FakeSource.ofMessages();

    @BeforeEach
    void isAsNew() {
        assertThat(ConversationsContext.isInitialized()).isFalse();
    }

    @AfterEach
    void close() {
        assertThat(ConversationsContext.close(LONG)).isTrue();
        assertThat(ConversationsContext.isInitialized()).isFalse();
    }

    private ClientOptions options() {
        return fixture.onTheSpot(source).build();
    }

    @Test
    void hooks_that_were_registered_before_are_wired_when_the_client_arrives() {
        List<String> seen = new ArrayList<>();
        ConversationsContext.onInit(event -> seen.add("init"));
        Subscription messages = ConversationsContext.onMessageAdded(event -> seen.add("message"));
        Subscription stopped = ConversationsContext.onMessageAdded(event -> seen.add("stopped"));
        stopped.unsubscribe();
        assertThat(messages.isActive()).isTrue();
        assertThat(stopped.isActive()).isFalse();
        ConversationsClient client = ConversationsContext.initialize(options());
        client.ready().await(LONG);
        assertThat(client.activeHooks()).isEqualTo(2);
        source.message(1, 0);
        assertThat(seen).containsExactly("init", "message");
        messages.unsubscribe();
        source.message(1, 1);
        assertThat(seen).hasSize(2);
        assertThat(client.activeHooks()).isEqualTo(1);
    }

    @Test
    void hooks_that_wait_keep_their_order() {
        List<Integer> seen = new ArrayList<>();
        for (int hook = 0; hook < 20; hook++) {
            int number = hook;
            ConversationsContext.onMessageAdded(event -> seen.add(number));
        }
        ConversationsContext.initialize(options());
        source.message(1, 0);
        assertThat(seen).hasSize(20).isSorted();
    }

    @Test
    void hooks_that_can_not_fire_are_named_all_together_and_go_on_waiting() {
        Subscription typing = ConversationsContext.onTypingStarted(event -> {});
        ConversationsContext.onUserUpdated(event -> {});
        ConversationsContext.onTypingStarted(event -> {});
        List<String> seen = new ArrayList<>();
        ConversationsContext.onMessageAdded(event -> seen.add("message"));
        assertThatThrownBy(() -> ConversationsContext.initialize(options()))
                .isInstanceOf(UnsupportedByClientException.class)
                .hasMessageContaining("onTypingStarted, onUserUpdated: fake can never fire this")
                .hasMessageContaining("a participant's client");
        assertThat(source.isConnected()).isFalse();
        assertThat(ConversationsContext.isInitialized()).isFalse();
        assertThat(typing.isActive()).as("kept").isTrue();
        FakeSource able =
                new FakeSource("able", EventType.TYPING_STARTED, EventType.USER_UPDATED, EventType.MESSAGE_ADDED);
        ConversationsClient client =
                ConversationsContext.initialize(fixture.onTheSpot(able).build());
        assertThat(client.activeHooks()).isEqualTo(4);
        able.message(1, 0);
        assertThat(seen).containsExactly("message");
    }

    @Test
    void initializing_twice_throws_and_names_close() {
        ConversationsClient client = ConversationsContext.initialize(options());
        assertThatThrownBy(() -> ConversationsContext.initialize(options()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("ConversationsContext is initialized already; call ConversationsContext.close() first,"
                        + " or initializeOnce(…) to share the running client");
        assertThat(ConversationsContext.client()).isSameAs(client);
    }

    @Test
    void initialize_never_blocks() {
        source.ready(new CompletableFuture<>());
        ConversationsClient client =
                ConversationsContext.initialize(fixture.options(source).build());
        assertThat(client.ready().isDone()).isFalse();
    }

    @Test
    void initialize_once_starts_one_client_however_many_ask_at_once() throws Exception {
        int threads = 8;
        for (int round = 0; round < 20; round++) {
            AtomicInteger asked = new AtomicInteger();
            Set<ConversationsClient> given = ConcurrentHashMap.newKeySet();
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Thread> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                all.add(new Thread(() -> {
                    try {
                        start.await();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    given.add(ConversationsContext.initializeOnce(() -> {
                        asked.incrementAndGet();
                        return options();
                    }));
                }));
            }
            all.forEach(Thread::start);
            all.forEach(Patience::join);
            assertThat(asked).hasValue(1);
            assertThat(given).containsExactly(ConversationsContext.client());
            ConversationsContext.close(LONG);
        }
    }

    @Test
    void options_that_are_slow_to_come_hold_up_nothing_but_those_who_ask_too() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<ConversationsClient> shared = new AtomicReference<>();
        Thread asking = new Thread(() -> shared.set(ConversationsContext.initializeOnce(() -> {
            asked.countDown();
            Patience.await(release);
            return options();
        })));
        asking.start();
        Patience.await(asked);
        assertThat(ConversationsContext.isInitialized()).isFalse();
        ConversationsContext.onMessageAdded(event -> {}).unsubscribe();
        ConversationsClient first = ConversationsContext.initialize(options());
        release.countDown();
        Patience.join(asking);
        assertThat(shared.get()).isSameAs(first);
    }

    @Test
    void options_that_throw_start_nothing() {
        assertThatThrownBy(() -> ConversationsContext.initializeOnce(() -> {
                    throw new IllegalStateException("no credentials");
                }))
                .hasMessage("no credentials");
        assertThat(ConversationsContext.isInitialized()).isFalse();
    }

    @Test
    void closing_makes_it_as_new() {
        Subscription before = ConversationsContext.onMessageAdded(event -> {
            throw new AssertionError("gone");
        });
        Hooks kept = ConversationsContext.hooks();
        ConversationsClient first = ConversationsContext.initialize(options());
        assertThat(ConversationsContext.close(LONG)).isTrue();
        assertThat(first.isClosed()).isTrue();
        assertThat(before.isActive()).isFalse();
        assertThatThrownBy(() -> kept.onMessageAdded(event -> {})).isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(ConversationsContext::client)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call ConversationsContext.initialize(options) first");
        FakeSource other = FakeSource.ofMessages();
        ConversationsClient second =
                ConversationsContext.initialize(fixture.onTheSpot(other).build());
        assertThat(second).isNotSameAs(first);
        assertThat(second.activeHooks()).isZero();
        other.message(1, 0);
        assertThat(fixture.reports).isEmpty();
    }

    @Test
    void hooks_that_waited_are_gone_after_closing() {
        Subscription waiting = ConversationsContext.onMessageAdded(event -> {});
        Hooks kept = ConversationsContext.hooks();
        assertThat(ConversationsContext.close(LONG)).isTrue();
        assertThat(waiting.isActive()).isFalse();
        assertThatThrownBy(() -> kept.onMessageAdded(event -> {})).isInstanceOf(ClientClosedException.class);
        assertThat(ConversationsContext.initialize(options()).activeHooks()).isZero();
    }

    @Test
    void a_client_that_was_closed_behind_its_back_counts_as_none() {
        ConversationsClient first = ConversationsContext.initialize(options());
        ConversationsContext.onMessageAdded(event -> {});
        first.close(LONG);
        assertThat(ConversationsContext.isInitialized()).isFalse();
        assertThatThrownBy(ConversationsContext::client).isInstanceOf(IllegalStateException.class);
        List<Integer> seen = new ArrayList<>();
        ConversationsContext.onMessageAdded(event -> seen.add(event.message().index()));
        FakeSource other = FakeSource.ofMessages();
        ConversationsContext.initialize(fixture.onTheSpot(other).build());
        other.message(1, 7);
        assertThat(seen).containsExactly(7);
    }

    @Test
    void it_does_not_return_from_closing_before_somebody_elses_closing_is_done() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        source.ending(end);
        ConversationsContext.initialize(options());
        List<Boolean> heard = new CopyOnWriteArrayList<>();
        Thread first = new Thread(() -> heard.add(ConversationsContext.close(LONG)));
        first.start();
        Patience.untilBlocked(first);
        Thread second = new Thread(() -> heard.add(ConversationsContext.close(LONG)));
        second.start();
        Patience.untilBlocked(second);
        assertThat(heard).isEmpty();
        assertThat(ConversationsContext.close(Duration.ZERO))
                .as("still going on")
                .isFalse();
        end.complete(null);
        Patience.join(first);
        Patience.join(second);
        assertThat(heard).containsExactly(true, true);
    }

    @Test
    void whoever_starts_while_others_close_gets_a_client_that_the_context_knows() {
        long seed = System.nanoTime();
        System.out.println("ConversationsContextTest: seed " + seed);
        java.util.Random random = new java.util.Random(seed);
        for (int round = 0; round < 200; round++) {
            int spin = random.nextInt(2_000);
            AtomicReference<ConversationsClient> started = new AtomicReference<>();
            Thread starting = new Thread(() -> started.set(ConversationsContext.initialize(options())));
            starting.start();
            for (int i = 0; i < spin; i++) {
                Thread.onSpinWait();
            }
            ConversationsContext.close(LONG);
            Patience.join(starting);
            ConversationsContext.close(LONG);
            assertThat(started.get().isClosed())
                    .as("seed %d, round %d: no client gets away", seed, round)
                    .isTrue();
        }
    }

    @Test
    void the_first_hook_finds_the_client_even_if_it_runs_on_the_spot() {
        List<ConversationsClient> found = new CopyOnWriteArrayList<>();
        ConversationsContext.onConnectionStateChanged(event -> found.add(ConversationsContext.client()));
        ConversationsClient client = ConversationsContext.initialize(options());
        assertThat(found).containsExactly(client, client);
    }

    @Test
    void a_hook_that_runs_on_the_spot_runs_under_no_lock_of_the_context() {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicInteger calls = new AtomicInteger();
        Hook<Object> usingTheContextElsewhere = event -> {
            calls.incrementAndGet();
            Thread other = new Thread(
                    () -> ConversationsContext.onMessageAdded(inner -> {}).unsubscribe());
            other.start();
            try {
                Patience.join(other);
            } catch (AssertionError e) {
                failure.set(e);
            }
        };
        ConversationsContext.onConnectionStateChanged(usingTheContextElsewhere);
        ConversationsContext.initialize(options()).ready().await(LONG);
        ConversationsContext.onInit(usingTheContextElsewhere);
        assertThat(failure).hasValue(null);
        assertThat(calls).hasValue(3);
    }

    @Test
    void scopes_may_be_opened_before_there_is_a_client() {
        List<Integer> seen = new ArrayList<>();
        SubscriptionScope scope = ConversationsContext.scope();
        scope.onMessageAdded(event -> seen.add(event.message().index()));
        ConversationsContext.initialize(options());
        source.message(1, 0);
        scope.close();
        source.message(1, 1);
        assertThat(seen).containsExactly(0);
    }

    @Test
    void what_needs_a_client_says_so() {
        assertThatThrownBy(() -> ConversationsContext.supports(EventType.MESSAGE_ADDED))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ConversationsContext.conversation(SampleEvents.conversation(1)))
                .isInstanceOf(IllegalStateException.class);
        ConversationsContext.initialize(options());
        assertThat(ConversationsContext.supports(EventType.MESSAGE_ADDED)).isTrue();
        assertThat(ConversationsContext.supports(EventType.TYPING_STARTED)).isFalse();
        assertThat(ConversationsContext.conversation(SampleEvents.conversation(1))
                        .sid())
                .isEqualTo(SampleEvents.conversation(1));
    }
}
