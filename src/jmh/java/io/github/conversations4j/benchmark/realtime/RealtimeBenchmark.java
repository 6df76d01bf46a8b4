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
 * <p>A first start loads the code of the client, in Java as in Node.js; the second one in the same process does not. How
 * much of all this is work is shown as the processor time of the client and of the emulator. The emulator is warm: each
 * client talks to it once before anything counts. Then each is measured twice, Java first and last, and the means are
 * shown.
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

    /** Talks to the emulator before anything counts. */
    private static final int WARM_UP_CONVERSATIONS = 300;

    /**
     * What a JVM chooses for itself in a small container, and a heap that is given back in one collection, not in four,
     * because Node.js gives it back so too.
     */
    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-Xms8m",
            "-Xmx256m",
            "-Xshare:auto",
            "-XX:-ShrinkHeapInSteps",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20");

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
            benchmark.measure(Worker.java(SMALL, ClientProcess.class), WARM_UP_CONVERSATIONS);
            benchmark.measure(benchmark.javaScript(), WARM_UP_CONVERSATIONS);
            for (int conversations : sizes) {
                benchmark.compare(conversations);
            }
        }
    }

    private void compare(int conversations) throws IOException {
        Figures java = measure(Worker.java(SMALL, ClientProcess.class), conversations);
        Figures javaScript = measure(javaScript(), conversations).mean(measure(javaScript(), conversations));
        java = java.mean(measure(Worker.java(SMALL, ClientProcess.class), conversations));
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
            Duration client0 = client.work();
            Duration server0 = server.work();
            Start cold = start(client, "start", identity, conversations);
            double clientWork = seconds(client.work().minus(client0));
            double serverWork = seconds(server.work().minus(server0));
            long used = client.askNumber("used") - emptyUsed;
            long resident = client.resident() - emptyResident;

            messages(client, "single", identity, SINGLE);
            long[] latencies = client.ask("latencies").stream()
                    .mapToLong(Long::parseLong)
                    .sorted()
                    .toArray();
            messages(client, "burst", identity, WARM_UP);
            Duration beforeBurst = client.work();
            Messages burst = messages(client, "burst", identity, BURST);
            double burstWork = seconds(client.work().minus(beforeBurst)) * 1e6 / BURST;
            double caughtUp = millis(messages(client, "drop", identity, MISSED).heard());
            Start warm = start(client, "again", seeded(conversations), conversations);
            return new Figures(
                    cold,
                    warm,
                    millis(latencies[latencies.length / 2]),
                    millis(latencies[latencies.length * 95 / 100]),
                    BURST / (burst.heard() / 1e9),
                    BURST / (burst.sent() / 1e9),
                    burstWork,
                    caughtUp,
                    clientWork,
                    serverWork,
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

    private Messages messages(Worker client, String how, String identity, int count) throws IOException {
        client.ask("expect", count);
        List<String> sent = server.ask(how, identity, count);
        long heard = client.askNumber("heard");
        long begun = Long.parseLong(sent.get(0));
        return new Messages(heard - begun, Long.parseLong(sent.get(1)) - begun);
    }

    private static double seconds(Duration work) {
        return work.toNanos() / 1e9;
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
    private record Start(double init, double live) {
        Start mean(Start other) {
            return new Start((init + other.init) / 2, (live + other.live) / 2);
        }
    }

    /**
     * How long messages took.
     *
     * @param heard nanoseconds from the first until the last one was heard
     * @param sent nanoseconds from the first until the last one was sent
     */
    private record Messages(long heard, long sent) {}

    /**
     * What was measured of one client.
     *
     * @param cold the first start of a process
     * @param warm the second one
     * @param median milliseconds from an event to its hook
     * @param slow the same, 95 % being faster
     * @param perSecond messages of a burst that came through in a second
     * @param sentPerSecond messages of the burst that were sent in a second
     * @param burstWork microseconds of processor time of the client for each message of the burst
     * @param caughtUp milliseconds from a drop until everything missed was heard
     * @param clientWork seconds of processor time of the client until everything is followed
     * @param serverWork the same of the emulator
     * @param resident added memory of the process in MB
     * @param used added memory in use in MB
     */
    private record Figures(
            Start cold,
            Start warm,
            double median,
            double slow,
            double perSecond,
            double sentPerSecond,
            double burstWork,
            double caughtUp,
            double clientWork,
            double serverWork,
            double resident,
            double used) {
        Figures mean(Figures other) {
            return new Figures(
                    cold.mean(other.cold),
                    warm.mean(other.warm),
                    (median + other.median) / 2,
                    (slow + other.slow) / 2,
                    (perSecond + other.perSecond) / 2,
                    (sentPerSecond + other.sentPerSecond) / 2,
                    (burstWork + other.burstWork) / 2,
                    (caughtUp + other.caughtUp) / 2,
                    (clientWork + other.clientWork) / 2,
                    (serverWork + other.serverWork) / 2,
                    (resident + other.resident) / 2,
                    (used + other.used) / 2);
        }

        static void print(Figures java, Figures javaScript) {
            row("start → onInit, ms", java.cold.init, javaScript.cold.init);
            row("start → all live, ms", java.cold.live, javaScript.cold.live);
            row("… client's CPU s", java.clientWork, javaScript.clientWork);
            row("… emulator's CPU s", java.serverWork, javaScript.serverWork);
            row("… the second time, onInit", java.warm.init, javaScript.warm.init);
            row("… the second time, all live", java.warm.live, javaScript.warm.live);
            row("event → hook, median, ms", java.median, javaScript.median);
            row("event → hook, 95 %, ms", java.slow, javaScript.slow);
            row("burst, messages/s", java.perSecond, javaScript.perSecond);
            row("… sent by the emulator/s", java.sentPerSecond, javaScript.sentPerSecond);
            row("… client's CPU µs/message", java.burstWork, javaScript.burstWork);
            row("drop → caught up, ms", java.caughtUp, javaScript.caughtUp);
            row("resident, added MB", java.resident, javaScript.resident);
            row("used, added MB", java.used, javaScript.used);
        }

        private static void row(String what, double java, double javaScript) {
            System.out.printf(Locale.ROOT, "%-28s %12.2f %12.2f %8.2f%n", what, java, javaScript, java / javaScript);
        }
    }
}
