package io.github.conversations4j.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The TCP sockets that this process has open, where the system tells them ({@code /proc}, so on Linux); elsewhere none
 * are seen.
 */
final class SocketWatch {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));
    private static final Pattern DESCRIPTOR = Pattern.compile("socket:\\[(\\d+)]");

    /** A line of such a table: addresses as hexadecimal digits, ports behind the colons, and further on the inode. */
    private static final Pattern SOCKET = Pattern.compile(
            "\\s*\\d+: \\p{XDigit}+:(\\p{XDigit}{4}) \\p{XDigit}+:(\\p{XDigit}{4})(?:\\s+\\S+){6}\\s+(\\d+) .*");

    /** All descriptors, not only those that a table names: a table that changes while it is read may leave some out. */
    private final Set<String> before = inodesOfThisProcess();

    /** What was opened since and is still open, in words. */
    List<String> leftOpen() {
        return open().entrySet().stream()
                .filter(socket -> !before.contains(socket.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static Map<String, String> open() {
        Set<String> ours = inodesOfThisProcess();
        Map<String, String> open = new HashMap<>();
        for (Path table : TABLES) {
            lines(table).map(SOCKET::matcher).filter(Matcher::matches).forEach(socket -> {
                if (ours.contains(socket.group(3))) {
                    open.put(socket.group(3), "port " + port(socket.group(1)) + " to port " + port(socket.group(2)));
                }
            });
        }
        return open;
    }

    private static Set<String> inodesOfThisProcess() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return Set.of();
        }
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors
                    .map(descriptor -> DESCRIPTOR.matcher(target(descriptor)))
                    .filter(Matcher::matches)
                    .map(socket -> socket.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return "closed since it was listed";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path table) {
        if (Files.notExists(table)) {
            return Stream.of();
        }
        try {
            return Files.readAllLines(table).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(String hexadecimal) {
        return Integer.parseInt(hexadecimal, 16);
    }
}
