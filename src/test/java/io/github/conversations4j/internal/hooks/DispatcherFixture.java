package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.ErrorReport;
import io.github.conversations4j.Hook;
import io.github.conversations4j.Middleware;
import io.github.conversations4j.Subscription;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.SampleEvents;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** A dispatcher, what was reported to its error handler, and short words for what tests do with it. */
final class DispatcherFixture {
    static final Executor SAME_THREAD = Runnable::run;

    final List<ErrorReport> reports = new CopyOnWriteArrayList<>();
    final ManualTime time = new ManualTime();
    final Dispatcher dispatcher;

    DispatcherFixture(Executor executor, Middleware... middleware) {
        this(executor, QueueLimits.DEFAULT, middleware);
    }

    DispatcherFixture(Executor executor, QueueLimits limits, Middleware... middleware) {
        dispatcher = new Dispatcher(threads(executor), limits, List.of(middleware), reports::add);
    }

    private HookThreads threads(Executor executor) {
        return new HookThreads(executor, new Surroundings(time, time, new Random(1)));
    }

    Subscription onMessage(Hook<MessageAdded> hook) {
        return dispatcher.register(EventType.MESSAGE_ADDED, null, hook);
    }

    Subscription onMessageIn(int conversation, Hook<MessageAdded> hook) {
        return dispatcher.register(EventType.MESSAGE_ADDED, SampleEvents.conversation(conversation), hook);
    }

    /** Registers a hook that notes the indexes of the messages it sees. */
    List<Integer> indexesSeen() {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        onMessage(event -> seen.add(event.message().index()));
        return seen;
    }

    boolean message(int conversation, int index) {
        return dispatcher.dispatch(SampleEvents.messageAdded(conversation, index));
    }

    boolean dispatch(ConversationsEvent event) {
        return dispatcher.dispatch(event);
    }

    List<String> reported() {
        return reports.stream().map(ErrorReport::what).toList();
    }

    List<Throwable> causes() {
        return reports.stream().map(ErrorReport::cause).toList();
    }
}
