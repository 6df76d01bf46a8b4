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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One look at the threads of this JVM before a test class and one after it. Started and closed on the thread that runs
 * the tests; uncaught exceptions are recorded from any thread.
 */
final class ThreadWatch implements AutoCloseable {
    private static final String OURS = "conversations4j-";

    /** JUnit keeps the watcher of its time limits for the whole run. */
    private static final String JUNIT = "junit-";

    private final String owner;
    private final Duration patience;
    private final Set<Thread> before = liveThreads();
    private final @Nullable UncaughtExceptionHandler formerHandler = Thread.getDefaultUncaughtExceptionHandler();
    private final Queue<String> deaths = new ConcurrentLinkedQueue<>();

    private ThreadWatch(String owner, Duration patience) {
        this.owner = owner;
        this.patience = patience;
    }

    static ThreadWatch start(String owner, Duration patience) {
        ThreadWatch watch = new ThreadWatch(owner, patience);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> watch.deaths.add(describe(thread, failure)));
        return watch;
    }

    @Override
    public void close() {
        waitForTheEnd();
        Thread.setDefaultUncaughtExceptionHandler(formerHandler);
        List<Thread> left = leftBehind();
        if (!left.isEmpty() || !deaths.isEmpty()) {
            throw new AssertionError(report(left));
        }
    }

    private void waitForTheEnd() {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            // Threads can start further threads on their way out, so the list is made anew after each of them.
            for (List<Thread> left = leftBehind(); !left.isEmpty(); left = leftBehind()) {
                long millisLeft = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (millisLeft <= 0) {
                    return;
                }
                left.get(0).join(millisLeft);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    private String report(List<Thread> left) {
        return Stream.concat(
                        left.stream().map(thread -> "left running: " + describe(thread)),
                        deaths.stream().map(death -> "ended by an uncaught exception: " + death))
                .collect(Collectors.joining("\n", owner + "\n", ""));
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
