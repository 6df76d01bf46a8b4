package io.github.conversations4j.benchmark;

import io.github.conversations4j.Hook;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.hooks.HookThreads;
import io.github.conversations4j.internal.hooks.QueueLimits;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.model.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One event to its hooks on the thread that dispatches, through the lane of its conversation, beside the least that can
 * call as many consumers: a copy-on-write list, which keeps no order between threads and lets no hook fail.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
@State(Scope.Thread)
public class DispatchBenchmark {
    static final Surroundings SURROUNDINGS = new Surroundings(
            InstantSource.system(),
            (task, delay) -> {
                throw new IllegalStateException("nothing waits on the way of messages in order");
            },
            () -> 0);

    private static final int OTHERS = 10_000;

    /** How many listen. */
    @Param({"1", "10", "1000"})
    public int hooks;

    private final MessageAdded event = event(0);
    private final List<Consumer<MessageAdded>> consumers = new CopyOnWriteArrayList<>();
    private final Dispatcher dispatcher = dispatcher();
    private final Dispatcher crowded = dispatcher();
    private final Dispatcher conversations = dispatcher();
    private int sum;

    static Dispatcher dispatcher() {
        return new Dispatcher(new HookThreads(Runnable::run, SURROUNDINGS), QueueLimits.DEFAULT, List.of(), report -> {
            throw new IllegalStateException(report.what(), report.cause());
        });
    }

    static MessageAdded event(int conversation) {
        Message message = Message.builder("IM0123456789abcdef0123456789abcdef", conversation(conversation), 7)
                .author("alice")
                .body("hello")
                .build();
        return new MessageAdded(EventMeta.live("id", Instant.EPOCH, "benchmark"), message);
    }

    static String conversation(int number) {
        return "CH" + "%032x".formatted(number);
    }

    /** Three classes of listener, so that the place that calls them sees more than it can remember. */
    @Setup
    public void register() {
        for (int hook = 0; hook < hooks; hook++) {
            consumers.add(consumer(hook % 3));
            Hook<MessageAdded> listener = listener(hook % 3);
            dispatcher.register(EventType.MESSAGE_ADDED, null, listener);
            crowded.register(EventType.MESSAGE_ADDED, null, listener);
            conversations.register(EventType.MESSAGE_ADDED, conversation(0), listener);
        }
        for (int other = 1; other <= OTHERS; other++) {
            crowded.register(EventType.MESSAGE_ADDED, conversation(other), listener(other % 3));
        }
    }

    private Consumer<MessageAdded> consumer(int kind) {
        return switch (kind) {
            case 0 -> seen -> sum += seen.message().index();
            case 1 -> seen -> sum ^= seen.message().index();
            default -> seen -> sum -= seen.message().index();
        };
    }

    private Hook<MessageAdded> listener(int kind) {
        return switch (kind) {
            case 0 -> seen -> sum += seen.message().index();
            case 1 -> seen -> sum ^= seen.message().index();
            default -> seen -> sum -= seen.message().index();
        };
    }

    /** The floor. */
    @Benchmark
    public int copyOnWriteList() {
        for (Consumer<MessageAdded> consumer : consumers) {
            consumer.accept(event);
        }
        return sum;
    }

    /** Hooks for all conversations. */
    @Benchmark
    public int dispatch() {
        dispatcher.dispatch(event);
        return sum;
    }

    /** The same with 10 000 hooks on other conversations. */
    @Benchmark
    public int dispatchInACrowd() {
        crowded.dispatch(event);
        return sum;
    }

    /** Hooks on the conversation of the event. */
    @Benchmark
    public int dispatchToOneConversation() {
        conversations.dispatch(event);
        return sum;
    }
}
