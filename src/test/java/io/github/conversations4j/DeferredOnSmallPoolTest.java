package io.github.conversations4j;

import static io.github.conversations4j.ClientFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.internal.threads.Workers;
import io.github.conversations4j.tests.FakeSource;
import io.github.conversations4j.tests.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hooks that wait for answers, and for what depends on them, do not starve each other even on one thread. */
@Timeout(Patience.SECONDS)
class DeferredOnSmallPoolTest {
    private final ClientFixture fixture = new ClientFixture();
    private final Workers pool = Workers.platform("conversations4j-test", 1);
    private final ClientRuntime runtime = new ClientRuntime(fixture.options(FakeSource.ofMessages())
            .hookExecutor(pool)
            .clock(java.time.InstantSource.system())
            .build());
    private final Map<String, CompletableFuture<String>> questions = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        assertThat(runtime.close(LONG)).isTrue();
        assertThat(pool.close(LONG)).isTrue();
        assertThat(fixture.reports).isEmpty();
    }

    /** Asks something that another thread answers once everybody waits. */
    private Deferred<String> ask(String what) {
        return runtime.deferred(what, questions.computeIfAbsent(what, key -> new CompletableFuture<>()));
    }

    private void answer(String what) {
        Patience.until(() -> questions.containsKey(what));
        Thread reading = new Thread(() -> questions.get(what).complete("answer to " + what), "reading");
        reading.start();
        Patience.join(reading);
    }

    /** Runs something like a hook on the only thread. */
    private Thread onPool(Runnable hook, CountDownLatch ended) {
        AtomicReference<Thread> thread = new AtomicReference<>();
        pool.execute(() -> {
            thread.set(Thread.currentThread());
            hook.run();
            ended.countDown();
        });
        Patience.until(() -> thread.get() != null);
        return thread.get();
    }

    @Test
    void a_hook_may_wait_for_an_answer() {
        CountDownLatch ended = new CountDownLatch(1);
        onPool(() -> ask("a").await(), ended);
        answer("a");
        Patience.await(ended);
    }

    @Test
    void a_hook_may_wait_for_a_stage_of_an_answer_which_then_runs_on_its_own_thread() {
        CountDownLatch ended = new CountDownLatch(1);
        List<Thread> ran = new CopyOnWriteArrayList<>();
        Thread hook = onPool(
                () -> {
                    Deferred<Integer> length = (Deferred<Integer>) ask("a").thenApply(text -> {
                        ran.add(Thread.currentThread());
                        return text.length();
                    });
                    assertThat(length.await()).isEqualTo("answer to a".length());
                },
                ended);
        answer("a");
        Patience.await(ended);
        assertThat(ran).containsExactly(hook);
    }

    @Test
    void a_hook_may_wait_for_a_chain_of_questions() {
        CountDownLatch ended = new CountDownLatch(1);
        List<String> seen = new CopyOnWriteArrayList<>();
        onPool(
                () -> seen.add(ask("a").thenCompose(a -> ask("b").thenApply(b -> a + ", " + b))
                        .thenCombine(ask("c"), (ab, c) -> ab + ", " + c)
                        .join()),
                ended);
        answer("c");
        answer("a");
        answer("b");
        Patience.await(ended);
        assertThat(seen).containsExactly("answer to a, answer to b, answer to c");
    }

    @Test
    void stages_may_wait_for_stages() {
        CountDownLatch ended = new CountDownLatch(1);
        List<String> seen = new CopyOnWriteArrayList<>();
        onPool(
                () -> {
                    Deferred<String> outer = (Deferred<String>) ask("a").thenApply(a -> {
                        Deferred<String> inner = (Deferred<String>) ask("b").thenApply(b -> a + ", " + b);
                        return inner.await();
                    });
                    seen.add(outer.await());
                },
                ended);
        answer("a");
        answer("b");
        Patience.await(ended);
        assertThat(seen).containsExactly("answer to a, answer to b");
    }

    @Test
    void a_thread_that_waits_runs_nothing_that_others_asked_for() {
        CountDownLatch ended = new CountDownLatch(1);
        List<Thread> ran = new CopyOnWriteArrayList<>();
        Deferred<String> others = ask("others");
        CompletableFuture<Void> stage = others.thenRun(() -> ran.add(Thread.currentThread()));
        List<Boolean> doneMeanwhile = new ArrayList<>();
        Thread hook = onPool(
                () -> {
                    ((Deferred<Integer>) ask("own").thenApply(String::length)).await();
                    doneMeanwhile.add(stage.isDone());
                },
                ended);
        answer("others");
        answer("own");
        Patience.await(ended);
        assertThat(doneMeanwhile).containsExactly(false);
        Patience.until(stage::isDone);
        assertThat(ran).as("afterwards, as a task of the pool").containsExactly(hook);
    }

    @Test
    void a_thread_outside_of_the_pool_may_wait_while_the_pool_is_busy() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        onPool(() -> Patience.await(release), ended);
        Deferred<Integer> length = (Deferred<Integer>) ask("a").thenApply(String::length);
        answer("a");
        assertThat(length.await()).isEqualTo("answer to a".length());
        release.countDown();
        Patience.await(ended);
    }

    @Test
    void a_hook_may_wait_for_a_chat_list_and_an_open_chat() {
        Workers hooks = Workers.platform("conversations4j-test-hook", 1);
        CountDownLatch shown = new CountDownLatch(1);
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                ConversationsClient client = ConversationsClient.start(
                        twilio.backendOptions().hookExecutor(hooks).build())) {
            twilio.user("alice").in("general").joins();
            client.onMessageAdded(event -> {
                Person alice = client.as("alice");
                try (LiveChatList list = alice.followChatList().await();
                        LiveChat chat =
                                alice.openChat(client.conversation(event)).await()) {
                    assertThat(alice.chatList().await()).isEqualTo(list.snapshot());
                    assertThat(chat.snapshot().messages()).hasSize(1);
                    shown.countDown();
                }
            });
            client.ready().await();
            twilio.user("bob").in("general").says("hi");
            Patience.await(shown);
        }
        assertThat(hooks.close(LONG)).isTrue();
    }
}
