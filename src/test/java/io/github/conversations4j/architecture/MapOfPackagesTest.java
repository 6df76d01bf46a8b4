package io.github.conversations4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map of the code in {@code docs/architecture.md} shows every package, and none that is not there. */
class MapOfPackagesTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|([^|]*`[^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`([a-z0-9.]+)`");

    @Test
    void every_package_is_on_the_map() throws IOException {
        assertThat(packagesOfTheMap()).isEqualTo(packages());
    }

    private static Set<String> packagesOfTheMap() throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("docs", "architecture.md")));
        while (row.find()) {
            Matcher name = NAME.matcher(row.group(1));
            while (name.find()) {
                names.add(name.group(1).equals(Code.ROOT) ? Code.ROOT : Code.ROOT + '.' + name.group(1));
            }
        }
        return names;
    }

    private static Set<String> packages() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.endsWith("package-info.java"))
                    .map(file -> SOURCES.relativize(file.getParent()).toString().replace('/', '.'))
                    .map(name -> name.replace('\\', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
