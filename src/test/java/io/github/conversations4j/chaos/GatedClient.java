package io.github.conversations4j.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.ConversationsEmulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link GatedClientMain} in a process of its own, seen from outside. Confined to one thread. */
final class GatedClient implements AutoCloseable {
    private static final int PATIENCE = 60;
    private static final String END = "";

    private final Process process;
    private final Path errors;
    private final OutputStream orders;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reader;

    /**
     * Starts it, and has the emulator send its webhooks there.
     *
     * @param store the directory of its cursors; {@code -} for none
     * @param heap its largest heap, in megabytes
     */
    GatedClient(ConversationsEmulator twilio, String store, int heap, Path errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xmx" + heap + "m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        GatedClientMain.class.getName(),
                        twilio.url(),
                        store)
                .redirectError(errors.toFile());
        builder.environment()
                .putAll(Map.of(
                        "TWILIO_ACCOUNT_SID", twilio.accountSid(),
                        "TWILIO_AUTH_TOKEN", twilio.authToken(),
                        "TWILIO_API_KEY_SID", twilio.apiKey(),
                        "TWILIO_API_SECRET", twilio.apiSecret(),
                        "TWILIO_CONVERSATIONS_SERVICE_SID", twilio.serviceSid()));
        this.errors = errors;
        this.process = builder.start();
        this.orders = process.getOutputStream();
        this.reader = new Thread(this::read, "output-of-" + process.pid());
        reader.start();
        twilio.sendWebhooksTo(find("listening ").substring("listening ".length()));
        find("ready");
    }

    private void read() {
        try (BufferedReader said = process.inputReader(UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("unreadable: " + e);
        } finally {
            lines.add(END);
        }
    }

    private String find(String start) {
        String line = next();
        while (!line.startsWith(start)) {
            line = next();
        }
        return line;
    }

    /** What it says next; fails if it says nothing more. */
    String next() {
        String line = poll(PATIENCE);
        assertThat(line)
                .as(() -> "next line; its errors: " + errors())
                .isNotNull()
                .isNotEqualTo(END);
        return line;
    }

    /** What it said and nobody has heard; null if there is nothing now. */
    @Nullable
    String said() {
        return poll(0);
    }

    private @Nullable String poll(int seconds) {
        try {
            return lines.poll(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Gives an order. One that is just dying hears nothing any more. */
    void order(char what) {
        try {
            orders.write(what);
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(errors(), e);
        }
    }

    /** Kills it with SIGKILL: by its handle, which leaves open what it has said already. */
    void kill() {
        process.toHandle().destroyForcibly();
        join();
    }

    private void join() {
        try {
            assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
            reader.join(TimeUnit.SECONDS.toMillis(PATIENCE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        join();
    }

    /**
     * What a hook said.
     *
     * @param begun whether it begins; else it has ended
     * @param id of the event
     */
    record Call(boolean begun, String id, String sid, String conversationSid, int index) {
        /** Null if the line is something else, or was cut off by death. */
        static @Nullable Call of(String line) {
            String[] words = line.split(" ");
            boolean begun = words[0].equals("begun");
            return words.length == 5 && (begun || words[0].equals("done"))
                    ? new Call(begun, words[1], words[2], words[3], Integer.parseInt(words[4]))
                    : null;
        }
    }
}
