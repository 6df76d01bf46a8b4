package io.github.conversations4j.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The emulator as a program, for work in any language: says where it is and what to put where, and runs until it is asked
 * to end (SIGTERM or Ctrl-C).
 *
 * <p>Ends with status 2 if it does not understand its arguments or the seed, and 1 if it cannot listen.
 */
public final class EmulatorMain {
    private static final int MISUSED = 2;

    private EmulatorMain() {}

    /**
     * Runs the emulator.
     *
     * @param arguments see {@code --help}
     * @throws InterruptedException if the thread is interrupted, which ends the emulator too
     */
    public static void main(String... arguments) throws InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.println(EmulatorArguments.USAGE);
            return;
        }
        try (ConversationsEmulator twilio = start(arguments)) {
            Thread end = new Thread(twilio::close, "conversations4j-emulator-end");
            Runtime.getRuntime().addShutdownHook(end);
            System.out.println(Introduction.of(twilio));
            new CountDownLatch(1).await();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println();
            System.err.println(EmulatorArguments.USAGE);
            System.exit(MISUSED);
        } catch (UncheckedIOException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static ConversationsEmulator start(String... arguments) {
        EmulatorArguments understood = EmulatorArguments.parse(arguments);
        String seed = read(understood.seed());
        ConversationsEmulator twilio = ConversationsEmulator.start(understood.options());
        try {
            if (seed != null) {
                twilio.seed(seed);
            }
            return twilio;
        } catch (RuntimeException e) {
            twilio.close();
            throw e;
        }
    }

    private static @Nullable String read(@Nullable Path file) {
        try {
            return file == null ? null : Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("--seed cannot be read: " + e, e);
        }
    }
}
