package io.github.conversations4j.benchmark.realtime;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.event.MessageAdded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Our client in a process of its own; {@code src/interop/measured.js} is the same with Twilio's. */
final class ClientProcess {
    private static final Duration SETTLING = Duration.ofMillis(200);

    private final List<Long> latencies = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch expected = new CountDownLatch(0);
    private volatile long lastHeard;
    private @Nullable ConversationsClient client;

    private ClientProcess() {}

    /**
     * Runs it until its standard input ends.
     *
     * @param args none
     * @throws Exception if a stream breaks, or it is interrupted
     */
    public static void main(String[] args) throws Exception {
        ClientProcess process = new ClientProcess();
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String line;
            while ((line = commands.readLine()) != null) {
                String[] words = line.split(" ");
                System.out.println(words[0] + " " + process.obey(words));
            }
        }
        System.exit(0);
    }

    private String obey(String... words) throws InterruptedException, IOException {
        return switch (words[0]) {
            case "start" -> start(words[1], words[3]);
            case "again" -> {
                if (client != null) {
                    client.close();
                }
                yield start(words[1], words[3]);
            }
            case "expect" -> {
                expected = new CountDownLatch(Integer.parseInt(words[1]));
                yield "done";
            }
            case "heard" -> {
                if (!expected.await(2, TimeUnit.MINUTES)) {
                    throw new IllegalStateException(expected.getCount() + " messages did not come");
                }
                yield Long.toString(lastHeard);
            }
            case "latencies" -> latencies.stream().map(String::valueOf).collect(Collectors.joining(" "));
            case "used" -> Long.toString(used());
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    /** Says when it began and when it was told that it is ready. */
    private String start(String url, String token) throws InterruptedException {
        long[] ready = new long[1];
        CountDownLatch initialized = new CountDownLatch(1);
        long start = System.nanoTime();
        ClientOptions options = ClientOptions.participant(() -> token)
                .baseUrl(url)
                .reconnectDelays(RealtimeBenchmark.FIRST_DELAY, RealtimeBenchmark.LONGEST_DELAY)
                .build();
        client = ConversationsClient.start(options, wired -> {
            wired.onInit(event -> {
                ready[0] = System.nanoTime();
                initialized.countDown();
            });
            wired.onMessageAdded(this::hear);
        });
        initialized.await();
        return start + " " + ready[0];
    }

    private void hear(MessageAdded event) {
        long now = System.nanoTime();
        String body = String.valueOf(event.message().body());
        if (body.startsWith("at ")) {
            latencies.add(now - Long.parseLong(body.substring(3)));
        }
        lastHeard = now;
        expected.countDown();
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Pause.of(SETTLING);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
