package io.github.conversations4j.benchmark.realtime;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The emulator in a process of its own, which does what {@link RealtimeBenchmark} tells it. Moments are those of the
 * machine's monotonic clock, which Java and Node.js share.
 */
final class ServerProcess {
    private static final long LIMIT = TimeUnit.MINUTES.toNanos(2);
    private static final Duration BETWEEN_SINGLE_MESSAGES = Duration.ofMillis(4);
    private static final Duration BETWEEN_LOOKS = Duration.ofNanos(500_000);
    private static final String OTHER = "friend-of-";

    private final ConversationsEmulator twilio;

    private ServerProcess(ConversationsEmulator twilio) {
        this.twilio = twilio;
    }

    /**
     * Runs it until its standard input ends.
     *
     * @param args none
     * @throws IOException if a stream breaks
     * @throws InterruptedException if the process is to end
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            ServerProcess server = new ServerProcess(twilio);
            String line;
            while ((line = commands.readLine()) != null) {
                String[] words = line.split(" ");
                System.out.println(words[0] + " " + server.obey(words));
            }
        }
    }

    private String obey(String... words) throws InterruptedException {
        return switch (words[0]) {
            case "where" -> twilio.url() + " " + twilio.socketUrl();
            case "token" -> twilio.accessToken(words[1]);
            case "seed" -> seed(words[1], Integer.parseInt(words[2]));
            case "live" -> live(words[1], 3 * Integer.parseInt(words[2]));
            case "single" -> single(words[1], Integer.parseInt(words[2]));
            case "burst" -> burst(words[1], Integer.parseInt(words[2]));
            case "drop" -> drop(words[1], Integer.parseInt(words[2]));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private SimulatedParticipant other(String identity, int room) {
        // Nobody may be in more than 1000 conversations.
        return twilio.user(OTHER + identity).in(identity + "-" + room);
    }

    private String seed(String identity, int conversations) {
        for (int room = 0; room < conversations; room++) {
            other(identity, room).says("hello");
            twilio.user(identity).in(identity + "-" + room).joins();
        }
        return "done";
    }

    /** When the last object was followed, to half a millisecond. */
    private String live(String identity, int objects) throws InterruptedException {
        long end = System.nanoTime() + LIMIT;
        while (twilio.followed(identity) < objects) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(twilio.followed(identity) + " of " + objects + " are live");
            }
            Pause.of(BETWEEN_LOOKS);
        }
        return Long.toString(System.nanoTime());
    }

    /** Messages that come one at a time, and say when they were sent. */
    private String single(String identity, int messages) throws InterruptedException {
        SimulatedParticipant bob = other(identity, 0);
        long start = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            bob.says("at " + System.nanoTime());
            Pause.of(BETWEEN_SINGLE_MESSAGES);
        }
        return start + " " + System.nanoTime();
    }

    private String burst(String identity, int messages) {
        SimulatedParticipant bob = other(identity, 0);
        long start = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            bob.says("burst");
        }
        return start + " " + System.nanoTime();
    }

    private String drop(String identity, int messages) {
        SimulatedParticipant bob = other(identity, 0);
        long start = System.nanoTime();
        twilio.faults().sockets().identity(identity).dropNow();
        for (int i = 0; i < messages; i++) {
            bob.says("missed");
        }
        return start + " " + System.nanoTime();
    }
}
