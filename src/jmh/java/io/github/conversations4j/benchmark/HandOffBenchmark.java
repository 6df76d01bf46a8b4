package io.github.conversations4j.benchmark;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.hooks.HookThreads;
import io.github.conversations4j.internal.hooks.QueueLimits;
import io.github.conversations4j.internal.threads.Workers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the thread that dispatches to the hook on a thread of the pool: one event at a time until its hook has run, and
 * many events until all hooks have. The executor alone, with a bare task, is what others would pay too.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
@State(Scope.Thread)
public class HandOffBenchmark {
    private static final int BURST = 1_000;
    private static final int CONVERSATIONS = 50;

    /** What hooks run on: the best that the JVM has, or platform threads. */
    @Param({"best", "platform"})
    public String threads;

    private final MessageAdded[] events = new MessageAdded[CONVERSATIONS];
    private Workers workers;
    private Dispatcher dispatcher;
    private final java.util.concurrent.atomic.AtomicInteger ran = new java.util.concurrent.atomic.AtomicInteger();

    @Setup
    public void start() {
        workers = threads.equals("best")
                ? Workers.create("conversations4j-benchmark", 256)
                : Workers.platform("conversations4j-benchmark", 256);
        dispatcher = new Dispatcher(
                new HookThreads(workers, DispatchBenchmark.SURROUNDINGS), QueueLimits.DEFAULT, List.of(), report -> {
                    throw new IllegalStateException(report.what(), report.cause());
                });
        dispatcher.register(EventType.MESSAGE_ADDED, null, event -> ran.incrementAndGet());
        for (int conversation = 0; conversation < CONVERSATIONS; conversation++) {
            events[conversation] = DispatchBenchmark.event(conversation);
        }
    }

    @TearDown
    public void end() {
        dispatcher.close(Duration.ofSeconds(10));
        workers.close(Duration.ofSeconds(10));
    }

    private void until(int count) {
        while (ran.get() != count) {
            Thread.onSpinWait();
        }
        ran.set(0);
    }

    /** The floor: a bare task. */
    @Benchmark
    public void executorAlone() {
        workers.execute(ran::incrementAndGet);
        until(1);
    }

    @Benchmark
    public void oneEvent() {
        dispatcher.dispatch(events[0]);
        until(1);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void burst() {
        for (int event = 0; event < BURST; event++) {
            dispatcher.dispatch(events[event % CONVERSATIONS]);
        }
        until(BURST);
    }
}
