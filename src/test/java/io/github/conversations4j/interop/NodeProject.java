package io.github.conversations4j.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The scripts of {@code src/interop} and what npm installed for them under {@code target/interop}, from whatever registry
 * npm is set up to use. Immutable.
 */
public final class NodeProject {
    /** What somebody has to have. */
    public static final String NEEDED = "Node.js 20 or newer and npm are needed on the PATH";

    private static final int OLDEST_NODE = 20;
    private static final int INSTALL_MINUTES = 5;
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*");
    private static final List<String> MANIFESTS = List.of("package.json", "package-lock.json");
    private static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

    private final Path scripts;
    private final Path modules;

    private NodeProject(Path scripts, Path modules) {
        this.scripts = scripts;
        this.modules = modules;
    }

    /**
     * Installs what is not installed yet.
     *
     * @param base the directory of the repository
     * @return the project; null if {@link #NEEDED} is not met
     * @throws IllegalStateException if npm fails
     */
    public static @Nullable NodeProject install(Path base) {
        if (nodeVersion() < OLDEST_NODE || output(npm("--version")) == null) {
            return null;
        }
        Path scripts = base.resolve("src/interop").toAbsolutePath();
        Path target = base.resolve("target/interop").toAbsolutePath();
        try {
            install(scripts, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NodeProject(scripts, target.resolve("node_modules"));
    }

    private static int nodeVersion() {
        String version = output(List.of("node", "--version"));
        Matcher matcher = VERSION.matcher(version == null ? "" : version.strip());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** Nothing is done if the last installation was of the same manifests. */
    private static void install(Path scripts, Path target) throws IOException {
        Files.createDirectories(target);
        Path done = target.resolve("installed");
        StringBuilder wanted = new StringBuilder();
        for (String manifest : MANIFESTS) {
            wanted.append(Files.readString(scripts.resolve(manifest)));
            Files.copy(scripts.resolve(manifest), target.resolve(manifest), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.exists(done) && Files.readString(done).contentEquals(wanted)) {
            return;
        }
        Files.deleteIfExists(done);
        Process npm = new ProcessBuilder(npm("ci", "--ignore-scripts", "--no-audit", "--no-fund"))
                .directory(target.toFile())
                .redirectErrorStream(true)
                .redirectOutput(target.resolve("npm.log").toFile())
                .start();
        if (ended(npm, INSTALL_MINUTES) != 0) {
            throw new IllegalStateException("npm ci failed; its log is " + target.resolve("npm.log"));
        }
        Files.writeString(done, wanted);
    }

    private static List<String> npm(String... arguments) {
        List<String> command = new ArrayList<>(WINDOWS ? List.of("cmd", "/c", "npm") : List.of("npm"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static @Nullable String output(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return ended(process, 1) == 0 ? printed : null;
        } catch (IOException notThere) {
            return null;
        }
    }

    private static int ended(Process process, int minutes) {
        try {
            if (process.waitFor(minutes, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return -1;
    }

    /**
     * Prepares to run a script, what it prints to its error stream being shown on ours.
     *
     * @param script its name
     * @param arguments what it gets
     * @return a process that is not started
     */
    public ProcessBuilder run(String script, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("node", scripts.resolve(script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = process.environment();
        environment.put("NODE_PATH", modules.toString());
        return process;
    }
}
