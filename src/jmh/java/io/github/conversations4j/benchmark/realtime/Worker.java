package io.github.conversations4j.benchmark.realtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that does what it is told, a line at a time: {@code command argument …} is answered by {@code command value …}
 * once it is done. Confined to one thread.
 */
final class Worker implements AutoCloseable {
    private static final int ENDING_SECONDS = 10;
    private static final String RESIDENT = "VmRSS:";

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    Worker(ProcessBuilder builder) throws IOException {
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A program of ours in a JVM of its own. */
    static Worker java(List<String> flags, String classPath, Class<?> main) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp", classPath, main.getName()));
        return new Worker(new ProcessBuilder(command));
    }

    /** Tells without waiting. */
    void tell(Object... words) throws IOException {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        commands.write(line.append('\n').toString());
        commands.flush();
    }

    /** Waits for the answer to a command. */
    List<String> answer(String command) throws IOException {
        String line;
        while ((line = answers.readLine()) != null) {
            List<String> words = List.of(line.split(" "));
            if (words.get(0).equals(command)) {
                return words.subList(1, words.size());
            }
        }
        throw new IOException("a process ended while it was to " + command);
    }

    List<String> ask(Object... words) throws IOException {
        tell(words);
        return answer(words[0].toString());
    }

    long askNumber(Object... words) throws IOException {
        return Long.parseLong(ask(words).get(0));
    }

    long number(String command) throws IOException {
        return Long.parseLong(answer(command).get(0));
    }

    /** The memory that the process holds, in bytes, as Linux tells; 0 elsewhere. */
    long resident() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    /** The processor time that the process has used. */
    Duration work() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        commands.close();
        try {
            if (!process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        answers.close();
    }
}
