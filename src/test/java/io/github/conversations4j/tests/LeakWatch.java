package io.github.conversations4j.tests;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One look at the threads and sockets of this JVM before a test class and one after it. Started and closed on the thread that runs
 * the tests; uncaught exceptions are recorded from any thread.
 */
final class LeakWatch implements AutoCloseable {
    private static final String OURS = "conversations4j-";

    /** JUnit keeps the watcher of its time limits for the whole run. */
    private static final String JUNIT = "junit-";

    private static final int POLL_MILLIS = 10;

    private final String owner;
    private final Duration patience;
    private final Set<Thread> before = liveThreads();
    private final SocketWatch sockets = new SocketWatch();
    private final @Nullable UncaughtExceptionHandler formerHandler = Thread.getDefaultUncaughtExceptionHandler();
    private final Queue<String> deaths = new ConcurrentLinkedQueue<>();

    private LeakWatch(String owner, Duration patience) {
        this.owner = owner;
        this.patience = patience;
    }

    static LeakWatch start(String owner, Duration patience) {
        LeakWatch watch = new LeakWatch(owner, patience);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> watch.deaths.add(describe(thread, failure)));
        return watch;
    }

    @Override
    public void close() {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            awaitThreads(deadline);
            awaitSockets(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Thread.setDefaultUncaughtExceptionHandler(formerHandler);
        String report = report();
        if (!report.isEmpty()) {
            throw new AssertionError(owner + report);
        }
    }

    private void awaitThreads(long deadline) throws InterruptedException {
        // Threads can start further threads on their way out, so the list is made anew after each of them.
        for (List<Thread> left = leftBehind(); !left.isEmpty() && millisTo(deadline) > 0; left = leftBehind()) {
            left.get(0).join(Math.max(1, millisTo(deadline)));
        }
    }

    private void awaitSockets(long deadline) throws InterruptedException {
        CountDownLatch neverOpened = new CountDownLatch(1);
        while (!sockets.leftOpen().isEmpty() && millisTo(deadline) > 0) {
            // Nobody tells when a socket closes.
            neverOpened.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static long millisTo(long deadline) {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    private List<Thread> leftBehind() {
        return liveThreads().stream()
                .filter(thread -> !before.contains(thread))
                // Daemons of others stay out of it: those that all OkHttpClients share can be closed by nobody.
                .filter(thread -> thread.getName().startsWith(OURS) || !thread.isDaemon())
                .filter(thread -> !thread.getName().startsWith(JUNIT))
                .filter(Thread::isAlive)
                .toList();
    }

    private String report() {
        return Stream.of(
                        leftBehind().stream().map(thread -> "\nleft running: " + describe(thread)),
                        sockets.leftOpen().stream().map(socket -> "\nleft open: socket on " + socket),
                        deaths.stream().map(death -> "\nended by an uncaught exception: " + death))
                .flatMap(lines -> lines)
                .collect(Collectors.joining());
    }

    private static Set<Thread> liveThreads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[root.activeCount() * 2 + 16];
        while (root.enumerate(threads) == threads.length) {
            // A full array may have cut some off.
            threads = new Thread[threads.length * 2];
        }
        return Arrays.stream(threads).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
    }

    private static String describe(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining("", thread.getName() + (thread.isDaemon() ? " (daemon)" : ""), ""));
    }

    private static String describe(Thread thread, Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return thread.getName() + ": " + text;
    }
}
