package io.github.conversations4j.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jars hold the library, all of it, and nothing else: no example, no test, no benchmark, no class left over. */
class JarContentIT {
    private static final int CLASS_FILE_VERSION_OF_JAVA_17 = 61;
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path RESOURCES = Path.of("src/main/resources");

    @Test
    void the_classes_are_those_of_the_main_sources() throws IOException {
        List<String> topLevelClasses = entries("jar.file").stream()
                .filter(name -> name.endsWith(".class") && !name.contains("$"))
                .map(name -> name.replaceAll("\\.class$", ".java"))
                .toList();
        assertThat(topLevelClasses).containsExactlyInAnyOrderElementsOf(files(SOURCES));
    }

    @Test
    void the_sources_are_the_main_sources() throws IOException {
        List<String> sources = entries("sources.jar.file").stream()
                .filter(name -> name.endsWith(".java"))
                .toList();
        assertThat(sources).containsExactlyInAnyOrderElementsOf(files(SOURCES));
    }

    @Test
    void the_rest_is_the_resources_the_licence_and_what_maven_says_of_the_build() throws IOException {
        List<String> rest = entries("jar.file").stream()
                .filter(name -> !name.endsWith(".class"))
                .toList();
        List<String> expected = Stream.concat(
                        files(RESOURCES).stream(),
                        Stream.of(
                                "META-INF/LICENSE",
                                "META-INF/MANIFEST.MF",
                                "META-INF/maven/io.github.conversations4j/conversations4j/pom.properties",
                                "META-INF/maven/io.github.conversations4j/conversations4j/pom.xml"))
                .toList();
        assertThat(rest).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void every_class_runs_on_java_17() throws IOException {
        try (JarFile jar = open("jar.file")) {
            for (JarEntry entry :
                    jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
                    in.skipNBytes(6);
                    assertThat(in.readUnsignedShort()).as(entry.getName()).isEqualTo(CLASS_FILE_VERSION_OF_JAVA_17);
                }
            }
        }
    }

    @Test
    void the_module_has_a_name() throws IOException {
        try (JarFile jar = open("jar.file")) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("io.github.conversations4j");
        }
    }

    private static JarFile open(String property) throws IOException {
        return new JarFile(System.getProperty(property));
    }

    private static List<String> entries(String property) throws IOException {
        try (JarFile jar = open(property)) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
        }
    }

    private static List<String> files(Path root) throws IOException {
        if (Files.notExists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }
}
