package io.github.conversations4j.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What verifying and dispatching costs behind a real HTTP server: the embedded receiver beside the same server doing
 * nothing and Bolt on Jetty, each in a JVM of its own, under a load of 32 connections that stay open. Prints requests per
 * second and CPU time of the server per request, right after the start and warm.
 *
 * <p>Servers and load share the machine and take turns, round after round, so only ratios within one run count.
 * Arguments: rounds (3), seconds of warm-up (15), seconds measured (5).
 */
public final class HttpBenchmark {
    private static final Duration COLD = Duration.ofSeconds(2);

    private HttpBenchmark() {}

    /**
     * One window of measurement.
     *
     * @param perSecond requests answered in a second
     * @param cpuMicros CPU time of the server for one of them, in microseconds
     */
    record Window(double perSecond, double cpuMicros) {
        static Window of(HttpServed.Process server, HttpLoad load, Duration time) throws Exception {
            long cpu = server.cpuNanos();
            long start = System.nanoTime();
            long answered = load.run(time);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Window(answered / seconds, (server.cpuNanos() - cpu) / 1e3 / answered);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,9.0f req/s  %7.1f µs CPU", perSecond, cpuMicros);
        }
    }

    /**
     * Runs it.
     *
     * @param args see above
     * @throws Exception if a server does not come up or answers anything but 200
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        Duration warmUp = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 15);
        Duration measured = Duration.ofSeconds(args.length > 2 ? Long.parseLong(args[2]) : 5);
        System.out.printf(
                "JDK %s, %d processors, warm-up %s, measured %s%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), warmUp, measured);
        List<List<Window>> warm = new ArrayList<>();
        for (HttpServed.Kind kind : HttpServed.Kind.values()) {
            warm.add(new ArrayList<>());
        }
        for (int round = 1; round <= rounds; round++) {
            for (HttpServed.Kind kind : HttpServed.Kind.values()) {
                try (HttpServed.Process server = HttpServed.Process.start(kind);
                        HttpLoad load = new HttpLoad(server.port(), kind.requests())) {
                    Window cold = Window.of(server, load, COLD);
                    load.run(warmUp.minus(COLD));
                    Window hot = Window.of(server, load, measured);
                    server.check(load.answered());
                    warm.get(kind.ordinal()).add(hot);
                    System.out.printf("%d %-16s first %s: %s   warm: %s%n", round, kind, COLD, cold, hot);
                }
            }
        }
        summary(warm);
    }

    private static void summary(List<List<Window>> warm) {
        double floorRate = median(warm.get(0), true);
        double floorCpu = median(warm.get(0), false);
        for (HttpServed.Kind kind : HttpServed.Kind.values()) {
            double rate = median(warm.get(kind.ordinal()), true);
            double cpu = median(warm.get(kind.ordinal()), false);
            System.out.printf(
                    Locale.ROOT,
                    "median %-16s %,9.0f req/s = %.2f of nothing   %7.1f µs CPU = %+.1f%n",
                    kind,
                    rate,
                    rate / floorRate,
                    cpu,
                    cpu - floorCpu);
        }
    }

    private static double median(List<Window> windows, boolean rate) {
        double[] sorted = windows.stream()
                .mapToDouble(window -> rate ? window.perSecond() : window.cpuMicros())
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }
}
