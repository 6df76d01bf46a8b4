package io.github.conversations4j.benchmark.realtime;

import io.github.conversations4j.interop.NodeProject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Our client for participants beside Twilio's own JavaScript client: each in a process of its own, one after the other, on
 * the same emulator in a third process. Prints for each number of conversations how long it takes until {@code onInit} and
 * until every conversation is live, how long an event takes to its hook, how many messages a second come through a burst,
 * how long after a drop everything missed is there, and what memory all this takes over an empty process.
 *
 * <p>A first start loads the code of the client, in Java as in Node.js; the second one in the same process does not. How
 * much of all this is work is shown as the processor time of the client and of the emulator. The emulator is warm: each
 * client talks to it once before anything counts. Then each is measured twice, Java first and last, and the means are
 * shown. Java is measured as it comes, and <em>small</em>: with the flags of docs/footprint.md, which save what a JVM spends
 * on becoming fast.
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
    private static final int SUSTAINED = 20_000;
    private static final int MISSED = 100;

    /** Talks to the emulator before anything counts. */
    private static final int WARM_UP_CONVERSATIONS = 300;

    private final Worker server;
    private final NodeProject node;
    private final ClientProgram program;
    private int run;

    private RealtimeBenchmark(Worker server, NodeProject node, ClientProgram program) {
        this.server = server;
        this.node = node;
        this.program = program;
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
        ClientProgram program = ClientProgram.pack();
        System.out.printf(
                "JDK %s %s, %d processors%n",
                Runtime.version(), ClientProgram.flags(), Runtime.getRuntime().availableProcessors());
        try (Worker server = Worker.java(List.of(), System.getProperty("java.class.path"), ServerProcess.class)) {
            RealtimeBenchmark benchmark = new RealtimeBenchmark(server, node, program);
            benchmark.measure(program.archiving(), WARM_UP_CONVERSATIONS);
            benchmark.measure(benchmark.javaScript(), WARM_UP_CONVERSATIONS);
            for (int conversations : sizes) {
                benchmark.compare(conversations);
            }
        }
    }

    private void compare(int conversations) throws IOException {
        Figures java = measure(program.usual(), conversations);
        Figures small = measure(program.small(), conversations);
        Figures javaScript = measure(javaScript(), conversations).mean(measure(javaScript(), conversations));
        small = small.mean(measure(program.small(), conversations));
        java = java.mean(measure(program.usual(), conversations));
        System.out.printf(
                "%n%-28s %12s %12s %12s %8s %8s%n",
                conversations + " conversations", "Java", "small", "JavaScript", "ratio", "small");
        Figures.print(java, small, javaScript);
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
            Duration beforeSustained = client.work();
            Messages sustained = messages(client, "burst", identity, SUSTAINED);
            double sustainedWork = seconds(client.work().minus(beforeSustained)) * 1e6 / SUSTAINED;
            double caughtUp = millis(messages(client, "drop", identity, MISSED).heard());
            Start warm = start(client, "again", seeded(conversations), conversations);
            return new Figures(
                    cold,
                    warm,
                    millis(latencies[latencies.length / 2]),
                    millis(latencies[latencies.length * 95 / 100]),
                    BURST / (burst.heard() / 1e9),
                    burstWork,
                    SUSTAINED / (sustained.heard() / 1e9),
                    SUSTAINED / (sustained.sent() / 1e9),
                    sustainedWork,
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
     * @param burstWork microseconds of processor time of the client for each message of the burst
     * @param sustained messages that came through in a second of a stream that goes on for as long as five bursts
     * @param sustainedSent messages of the stream that were sent in a second
     * @param sustainedWork microseconds of processor time of the client for each message of the stream
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
            double burstWork,
            double sustained,
            double sustainedSent,
            double sustainedWork,
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
                    (burstWork + other.burstWork) / 2,
                    (sustained + other.sustained) / 2,
                    (sustainedSent + other.sustainedSent) / 2,
                    (sustainedWork + other.sustainedWork) / 2,
                    (caughtUp + other.caughtUp) / 2,
                    (clientWork + other.clientWork) / 2,
                    (serverWork + other.serverWork) / 2,
                    (resident + other.resident) / 2,
                    (used + other.used) / 2);
        }

        static void print(Figures java, Figures small, Figures javaScript) {
            Rows rows = new Rows(java, small, javaScript);
            rows.print("start → onInit, ms", figures -> figures.cold.init);
            rows.print("start → all live, ms", figures -> figures.cold.live);
            rows.print("… client's CPU s", Figures::clientWork);
            rows.print("… emulator's CPU s", Figures::serverWork);
            rows.print("… the second time, onInit", figures -> figures.warm.init);
            rows.print("… the second time, all live", figures -> figures.warm.live);
            rows.print("event → hook, median, ms", Figures::median);
            rows.print("event → hook, 95 %, ms", Figures::slow);
            rows.print("burst, messages/s", Figures::perSecond);
            rows.print("… client's CPU µs/message", Figures::burstWork);
            rows.print("sustained, messages/s", Figures::sustained);
            rows.print("… sent by the emulator/s", Figures::sustainedSent);
            rows.print("… client's CPU µs/message", Figures::sustainedWork);
            rows.print("drop → caught up, ms", Figures::caughtUp);
            rows.print("resident, added MB", Figures::resident);
            rows.print("used, added MB", Figures::used);
        }
    }

    /** One row for each figure. */
    private record Rows(Figures java, Figures small, Figures javaScript) {
        void print(String what, ToDoubleFunction<Figures> figure) {
            double usual = figure.applyAsDouble(java);
            double little = figure.applyAsDouble(small);
            double theirs = figure.applyAsDouble(javaScript);
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %12.2f %12.2f %12.2f %8.2f %8.2f%n",
                    what,
                    usual,
                    little,
                    theirs,
                    usual / theirs,
                    little / theirs);
        }
    }
}
