package io.github.conversations4j.internal.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.Subscription;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.Patience;
import io.github.conversations4j.tests.SampleEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Handles: what they stop and when. */
class SubscriptionTest {
    private final DispatcherFixture fixture = new DispatcherFixture(DispatcherFixture.SAME_THREAD);

    @Test
    void no_call_starts_after_unsubscribe_has_returned_even_of_what_was_queued() {
        HandDriven executor = new HandDriven();
        DispatcherFixture driven = new DispatcherFixture(executor);
        AtomicInteger calls = new AtomicInteger();
        Subscription handle = driven.onMessage(event -> calls.incrementAndGet());
        driven.message(1, 0);
        assertThat(handle.isActive()).isTrue();
        handle.unsubscribe();
        assertThat(handle.isActive()).isFalse();
        executor.runAll();
        assertThat(calls).hasValue(0);
        assertThat(driven.dispatcher.pending()).isZero();
    }

    @Test
    void unsubscribing_twice_stops_only_this_one_of_two_registrations_of_one_hook() {
        AtomicInteger calls = new AtomicInteger();
        io.github.conversations4j.Hook<io.github.conversations4j.event.MessageAdded> hook =
                event -> calls.incrementAndGet();
        Subscription first = fixture.onMessage(hook);
        Subscription second = fixture.onMessage(hook);
        first.unsubscribe();
        first.close();
        assertThat(fixture.dispatcher.hooks()).isEqualTo(1);
        fixture.message(1, 0);
        assertThat(calls).hasValue(1);
        second.unsubscribe();
        assertThat(fixture.dispatcher.hooks()).isZero();
    }

    @Test
    void a_hook_may_unsubscribe_itself() {
        AtomicReference<Subscription> handle = new AtomicReference<>();
        List<Integer> seen = new ArrayList<>();
        handle.set(fixture.onMessage(event -> {
            seen.add(event.message().index());
            handle.get().unsubscribe();
        }));
        fixture.message(1, 0);
        fixture.message(1, 1);
        assertThat(seen).containsExactly(0);
        assertThat(fixture.dispatcher.hooks()).isZero();
    }

    @Test
    void a_hook_that_another_hook_stops_is_not_called_with_the_same_event() {
        AtomicReference<Subscription> other = new AtomicReference<>();
        AtomicReference<Subscription> inConversation = new AtomicReference<>();
        AtomicInteger calls = new AtomicInteger();
        fixture.onMessage(event -> {
            other.get().unsubscribe();
            inConversation.get().unsubscribe();
        });
        other.set(fixture.onMessage(event -> calls.incrementAndGet()));
        inConversation.set(fixture.onMessageIn(1, event -> calls.incrementAndGet()));
        fixture.message(1, 0);
        assertThat(calls).hasValue(0);
    }

    @Test
    void a_hook_that_a_hook_registers_sees_the_next_event_and_not_this_one() {
        List<Integer> seen = new ArrayList<>();
        AtomicBoolean registered = new AtomicBoolean();
        fixture.onMessage(event -> {
            if (!registered.getAndSet(true)) {
                fixture.onMessage(inner -> seen.add(inner.message().index()));
            }
        });
        fixture.message(1, 0);
        fixture.message(1, 1);
        assertThat(seen).containsExactly(1);
    }

    @Test
    void what_nobody_listens_to_takes_no_thread() {
        HandDriven executor = new HandDriven();
        DispatcherFixture driven = new DispatcherFixture(executor);
        driven.onMessageIn(2, event -> {});
        Queued queued = driven.dispatcher.queue(SampleEvents.messageAdded(1, 0), null);
        assertThat(queued).isSameAs(Queued.RUNNING);
        assertThat(driven.dispatcher.pending()).isZero();
        assertThat(driven.dispatcher.queue(SampleEvents.messageAdded(2, 0), null))
                .isNotSameAs(Queued.RUNNING);
        AtomicInteger done = new AtomicInteger();
        driven.dispatcher
                .queue(SampleEvents.messageAdded(1, 1), done::incrementAndGet)
                .start();
        executor.runAll();
        assertThat(done).as("what is to run after hooks that are none").hasValue(1);
    }

    @Test
    void a_hook_that_is_registered_while_the_next_event_is_queued_behind_sees_that() {
        HandDriven executor = new HandDriven();
        DispatcherFixture driven = new DispatcherFixture(executor);
        List<Integer> seen = new ArrayList<>();
        driven.dispatcher.register(
                EventType.TYPING_STARTED,
                null,
                event -> driven.onMessage(message -> seen.add(message.message().index())));
        driven.dispatch(SampleEvents.typingStarted(1));
        driven.dispatcher.queue(SampleEvents.messageAdded(1, 0), null).start();
        executor.runAll();
        assertThat(seen).containsExactly(0);
    }

    @Test
    void hooks_of_one_conversation_see_that_one_only_and_leave_nothing_behind() {
        List<String> seen = new ArrayList<>();
        List<Subscription> handles = new ArrayList<>();
        for (int conversation = 0; conversation < 100; conversation++) {
            handles.add(fixture.onMessageIn(
                    conversation, event -> seen.add(event.message().conversationSid())));
        }
        fixture.dispatcher.register(
                EventType.TYPING_STARTED, SampleEvents.conversation(7), event -> seen.add("typing"));
        assertThat(fixture.dispatcher.hooks()).isEqualTo(101);
        fixture.message(7, 0);
        assertThat(seen).containsExactly(SampleEvents.conversation(7));
        fixture.dispatch(SampleEvents.typingStarted(7));
        assertThat(seen).endsWith("typing").hasSize(2);
        handles.forEach(Subscription::unsubscribe);
        assertThat(fixture.dispatcher.hooks()).isEqualTo(1);
        fixture.message(7, 1);
        assertThat(seen).hasSize(2);
    }

    @Test
    void after_unsubscribe_on_another_thread_at_most_the_call_that_had_begun_goes_on() throws Exception {
        DispatcherFixture driven = new DispatcherFixture(task -> new Thread(task).start());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Subscription handle = driven.onMessage(event -> {
            calls.incrementAndGet();
            begun.countDown();
            Patience.await(release);
            ended.countDown();
        });
        driven.message(1, 0);
        driven.message(1, 1);
        Patience.await(begun);
        handle.unsubscribe();
        release.countDown();
        Patience.await(ended);
        assertThat(driven.dispatcher.close(Duration.ofSeconds(Patience.SECONDS)))
                .isTrue();
        assertThat(calls).hasValue(1);
    }

    @Test
    void a_hook_that_is_registered_while_the_dispatcher_closes_is_inactive() {
        fixture.dispatcher.close(Duration.ZERO);
        Subscription late = fixture.onMessage(event -> {});
        Subscription lateInConversation = fixture.onMessageIn(1, event -> {});
        assertThat(late.isActive()).isFalse();
        assertThat(lateInConversation.isActive()).isFalse();
        assertThat(fixture.dispatcher.hooks()).isZero();
    }
}
