package io.github.conversations4j.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What verifying and dispatching costs behind a real HTTP server: the embedded receiver beside the same server doing
 * nothing and Bolt on Jetty, each in a JVM of its own, under a load of 32 connections that stay open. Prints requests per
 * second and CPU time of the server per request, right after the start and warm.
 *
 * <p>A request that is refused with 503 is sent again until it is taken, and counts as answered only then; how often that
 * was is printed.
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
     * @param perSecond requests answered with 200 in a second
     * @param cpuMicros CPU time of the server for one of them, in microseconds, with what refusals cost
     * @param refused how many times a request was answered with 503
     */
    record Window(double perSecond, double cpuMicros, long refused) {
        static Window of(HttpServed.Process server, HttpLoad load, Duration time) throws Exception {
            long answeredBefore = load.answered();
            long refusedBefore = load.refused();
            long cpu = server.cpuNanos();
            long start = System.nanoTime();
            load.run(time);
            double seconds = (System.nanoTime() - start) / 1e9;
            double micros = (server.cpuNanos() - cpu) / 1e3;
            long answered = load.answered() - answeredBefore;
            return new Window(answered / seconds, micros / answered, load.refused() - refusedBefore);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,9.0f req/s  %7.1f µs CPU  %,d refused", perSecond, cpuMicros, refused);
        }
    }

    /**
     * Runs it.
     *
     * @param args see above
     * @throws Exception if a server does not come up, answers anything but 200 and 503, or does not handle what it took
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        Duration warmUp = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 15);
        Duration measured = Duration.ofSeconds(args.length > 2 ? Long.parseLong(args[2]) : 5);
        System.out.printf(
                "JDK %s, %d processors, warm-up %s, measured %s%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), warmUp, measured);
        List<List<Window>> cold = new ArrayList<>();
        List<List<Window>> warm = new ArrayList<>();
        for (int kind = 0; kind < HttpServed.Kind.values().length; kind++) {
            cold.add(new ArrayList<>());
            warm.add(new ArrayList<>());
        }
        for (int round = 1; round <= rounds; round++) {
            for (HttpServed.Kind kind : HttpServed.Kind.values()) {
                try (HttpServed.Process server = HttpServed.Process.start(kind);
                        HttpLoad load = new HttpLoad(server.port(), kind::requests)) {
                    Window first = Window.of(server, load, COLD);
                    Window between = Window.of(server, load, warmUp.minus(COLD));
                    Window later = Window.of(server, load, measured);
                    server.check(load.answered());
                    cold.get(kind.ordinal()).add(first);
                    warm.get(kind.ordinal()).add(later);
                    System.out.printf(
                            Locale.ROOT,
                            "%d %-16s first %s: %s   on the way: %,d refused   warm: %s%n",
                            round,
                            kind,
                            COLD,
                            first,
                            between.refused(),
                            later);
                }
            }
        }
        summary("cold", cold);
        summary("warm", warm);
    }

    private static void summary(String when, List<List<Window>> windows) {
        double floorRate = median(windows.get(0), Window::perSecond);
        double floorCpu = median(windows.get(0), Window::cpuMicros);
        for (HttpServed.Kind kind : HttpServed.Kind.values()) {
            List<Window> own = windows.get(kind.ordinal());
            double rate = median(own, Window::perSecond);
            double cpu = median(own, Window::cpuMicros);
            System.out.printf(
                    Locale.ROOT,
                    "%s median %-16s %,9.0f req/s = %.2f of nothing   %7.1f µs CPU = %+.1f   %,d refused in all%n",
                    when,
                    kind,
                    rate,
                    rate / floorRate,
                    cpu,
                    cpu - floorCpu,
                    own.stream().mapToLong(Window::refused).sum());
        }
    }

    private static double median(List<Window> windows, ToDoubleFunction<Window> figure) {
        double[] sorted = windows.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
