package io.github.conversations4j.benchmark.realtime;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The program with our client as an application would be started: with nothing on its class path but the library, what that
 * needs, and itself, all of it in jars, since a JVM keeps the index of each jar and can archive classes of jars only.
 *
 * @param classPath what is on the class path
 * @param archive where classes are archived
 */
record ClientProgram(String classPath, Path archive) {
    /**
     * What a JVM chooses for itself in a small container, and a heap that is given back in one collection, not in four,
     * because Node.js gives it back so too.
     */
    private static final List<String> CONTAINER = List.of(
            "-XX:+UseSerialGC",
            "-Xms8m",
            "-Xmx256m",
            "-XX:-ShrinkHeapInSteps",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-Dslf4j.internal.verbosity=ERROR");

    /** Packs the jars. */
    static ClientProgram pack() throws IOException {
        Path directory = Files.createDirectories(Path.of(System.getProperty("benchmark.directory"), "benchmark"));
        Path jar = directory.resolve("client.jar");
        String own = ClientProgram.class.getPackageName().replace('.', '/');
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(file)) {
            Path target = Path.of(System.getProperty("benchmark.directory"));
            pack(target.resolve("classes"), "", packed);
            pack(target.resolve("test-classes"), own, packed);
        }
        Path archive = directory.resolve("client.jsa");
        Files.deleteIfExists(archive);
        return new ClientProgram(jar + File.pathSeparator + System.getProperty("benchmark.runtime"), archive);
    }

    private static void pack(Path root, String below, JarOutputStream packed) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root.resolve(below))) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            packed.putNextEntry(new JarEntry(root.relativize(file).toString().replace(File.separatorChar, '/')));
            Files.copy(file, packed);
            packed.closeEntry();
        }
    }

    /** A JVM as it is. */
    Worker usual() throws IOException {
        return start();
    }

    /** A JVM that archives the classes it has loaded when it ends. */
    Worker archiving() throws IOException {
        return start("-XX:ArchiveClassesAtExit=" + archive);
    }

    /** A JVM as docs/footprint.md has it for what is small or ends soon. */
    Worker small() throws IOException {
        return start("-XX:TieredStopAtLevel=1", "-XX:SharedArchiveFile=" + archive);
    }

    private Worker start(String... more) throws IOException {
        List<String> flags = new ArrayList<>(CONTAINER);
        flags.addAll(List.of(more));
        return Worker.java(flags, classPath, ClientProcess.class);
    }

    /** The flags of every JVM. */
    static String flags() {
        return String.join(" ", CONTAINER);
    }
}
