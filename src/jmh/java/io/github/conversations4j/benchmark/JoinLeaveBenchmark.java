package io.github.conversations4j.benchmark;

import io.github.conversations4j.Hook;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.hooks.Dispatcher;
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

/** A screen opens and closes: one hook on one conversation comes and goes while others are there. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
@State(Scope.Thread)
public class JoinLeaveBenchmark {
    /** How many others there are, each on a conversation of its own. */
    @Param({"10", "1000"})
    public int others;

    private final List<Consumer<MessageAdded>> consumers = new CopyOnWriteArrayList<>();
    private final Dispatcher dispatcher = DispatchBenchmark.dispatcher();
    private final String conversation = DispatchBenchmark.conversation(0);
    private final Hook<MessageAdded> hook = event -> {};
    private final Consumer<MessageAdded> consumer = event -> {};

    @Setup
    public void register() {
        for (int other = 1; other <= others; other++) {
            int number = other;
            consumers.add(event -> {
                if (event.message().index() == -number) {
                    throw new IllegalStateException();
                }
            });
            dispatcher.register(EventType.MESSAGE_ADDED, DispatchBenchmark.conversation(other), event -> {});
        }
    }

    /** The floor of lists that know no conversations. */
    @Benchmark
    public boolean copyOnWriteList() {
        consumers.add(consumer);
        return consumers.remove(consumer);
    }

    @Benchmark
    public boolean joinAndLeave() {
        var handle = dispatcher.register(EventType.MESSAGE_ADDED, conversation, hook);
        handle.unsubscribe();
        return handle.isActive();
    }
}
