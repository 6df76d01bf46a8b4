package io.github.conversations4j.benchmark.realtime;

import io.github.conversations4j.interop.NodeProject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Our client for participants beside Twilio's own JavaScript client: each in a process of its own, one after the other, on
 * the same emulator in a third process. Prints for each number of conversations how long it takes until {@code onInit} and
 * until every conversation is live, how long an event takes to its hook, how many messages a second come through a burst,
 * how long after a drop everything missed is there, and what memory all this takes over an empty process.
 *
 * <p>A first start loads the code of the client, in Java as in Node.js; the second one in the same process does not.
 *
 * <p>All share the machine, so only ratios within one run count. Needs Node.js and npm. Arguments: numbers of
 * conversations (1 100 1000).
 */
public final class RealtimeBenchmark {
    static final Duration FIRST_DELAY = Duration.ofMillis(100);
    static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

    private static final int SINGLE = 500;
    private static final int WARM_UP = 500;
    private static final int BURST = 4_000;
    private static final int MISSED = 100;

    /** What a JVM chooses for itself in a small container. */
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xms8m", "-Xmx256m", "-Xshare:auto");

    private final Worker server;
    private final NodeProject node;
    private int run;

    private RealtimeBenchmark(Worker server, NodeProject node) {
        this.server = server;
        this.node = node;
    }

    /**
     * Runs it.
     *
     * @param args see above
     * @throws IOException if a process ends early
     */
    public static void main(String[] args) throws IOException {
        NodeProject node = NodeProject.install(Path.of(""));
        if (node == null) {
            System.out.println(NodeProject.NEEDED);
            return;
        }
        int[] sizes = args.length == 0
                ? new int[] {1, 100, 1000}
                : Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
        System.out.printf(
                "JDK %s %s, %d processors%n",
                Runtime.version(), SMALL, Runtime.getRuntime().availableProcessors());
        try (Worker server = Worker.java(List.of(), ServerProcess.class)) {
            RealtimeBenchmark benchmark = new RealtimeBenchmark(server, node);
            for (int conversations : sizes) {
                benchmark.compare(conversations);
            }
        }
    }

    private void compare(int conversations) throws IOException {
        Figures java = measure(Worker.java(SMALL, ClientProcess.class), conversations);
        Figures javaScript = measure(javaScript(), conversations);
        System.out.printf("%n%-28s %12s %12s %8s%n", conversations + " conversations", "Java", "JavaScript", "ratio");
        Figures.print(java, javaScript);
    }

    private Worker javaScript() throws IOException {
        ProcessBuilder process = node.run("measured.js");
        process.command().add(1, "--expose-gc");
        return new Worker(process);
    }

    private Figures measure(Worker client, int conversations) throws IOException {
        try (client) {
            String identity = seeded(conversations);
            long emptyUsed = client.askNumber("used");
            long emptyResident = client.resident();
            Start cold = start(client, "start", identity, conversations);
            long used = client.askNumber("used") - emptyUsed;
            long resident = client.resident() - emptyResident;

            messages(client, "single", identity, SINGLE);
            long[] latencies = client.ask("latencies").stream()
                    .mapToLong(Long::parseLong)
                    .sorted()
                    .toArray();
            messages(client, "burst", identity, WARM_UP);
            double perSecond = BURST / (messages(client, "burst", identity, BURST) / 1e9);
            double caughtUp = millis(messages(client, "drop", identity, MISSED));
            Start warm = start(client, "again", seeded(conversations), conversations);
            return new Figures(
                    cold,
                    warm,
                    millis(latencies[latencies.length / 2]),
                    millis(latencies[latencies.length * 95 / 100]),
                    perSecond,
                    caughtUp,
                    resident / 1e6,
                    used / 1e6);
        }
    }

    /** Somebody new, with a number of conversations. */
    private String seeded(int conversations) throws IOException {
        String identity = "alice" + ++run;
        server.ask("seed", identity, conversations);
        return identity;
    }

    private Start start(Worker client, String how, String identity, int conversations) throws IOException {
        List<String> where = server.ask("where");
        String token = server.ask("token", identity).get(0);
        client.tell(how, where.get(0), where.get(1), token, FIRST_DELAY.toMillis(), LONGEST_DELAY.toMillis());
        long live = server.askNumber("live", identity, conversations);
        List<String> started = client.answer(how);
        long begun = Long.parseLong(started.get(0));
        return new Start(millis(Long.parseLong(started.get(1)) - begun), millis(live - begun));
    }

    /** Nanoseconds from the first word of the server's answer until the last message was heard. */
    private long messages(Worker client, String how, String identity, int count) throws IOException {
        client.ask("expect", count);
        List<String> begun = server.ask(how, identity, count);
        long heard = client.askNumber("heard");
        return begun.get(0).equals("done") ? 0 : heard - Long.parseLong(begun.get(0));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    /**
     * How a client started.
     *
     * @param init milliseconds from start to {@code onInit}
     * @param live milliseconds from start until everything is followed
     */
    private record Start(double init, double live) {}

    /**
     * What was measured of one client.
     *
     * @param cold the first start of a process
     * @param warm the second one
     * @param median milliseconds from an event to its hook
     * @param slow the same, 95 % being faster
     * @param perSecond messages of a burst that came through in a second
     * @param caughtUp milliseconds from a drop until everything missed was heard
     * @param resident added memory of the process in MB
     * @param used added memory in use in MB
     */
    private record Figures(
            Start cold,
            Start warm,
            double median,
            double slow,
            double perSecond,
            double caughtUp,
            double resident,
            double used) {
        static void print(Figures java, Figures javaScript) {
            row("start → onInit, ms", java.cold.init, javaScript.cold.init);
            row("start → all live, ms", java.cold.live, javaScript.cold.live);
            row("… the second time, onInit", java.warm.init, javaScript.warm.init);
            row("… the second time, all live", java.warm.live, javaScript.warm.live);
            row("event → hook, median, ms", java.median, javaScript.median);
            row("event → hook, 95 %, ms", java.slow, javaScript.slow);
            row("burst, messages/s", java.perSecond, javaScript.perSecond);
            row("drop → caught up, ms", java.caughtUp, javaScript.caughtUp);
            row("resident, added MB", java.resident, javaScript.resident);
            row("used, added MB", java.used, javaScript.used);
        }

        private static void row(String what, double java, double javaScript) {
            System.out.printf(Locale.ROOT, "%-28s %12.2f %12.2f %8.2f%n", what, java, javaScript, java / javaScript);
        }
    }
}
