package io.github.conversations4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds the blocks of the README to the programs that the build runs: below {@code <!-- example: Class#region -->} stands
 * that region, without its indentation.
 */
class ReadmeTest {
    private static final Pattern BLOCK =
            Pattern.compile("<!-- example: (\\w+)#(\\w+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);
    private static final Path EXAMPLES = Path.of("examples/io/github/conversations4j/examples");

    @Test
    void showsTheRegionsOfTheExamples() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        List<String> checked = new ArrayList<>();
        Matcher block = BLOCK.matcher(readme);
        while (block.find()) {
            String expected = region(block.group(1), block.group(2));
            assertThat(block.group(3))
                    .as("README, %s#%s; paste:\n%s", block.group(1), block.group(2), expected)
                    .isEqualTo(expected);
            checked.add(block.group(1));
        }
        assertThat(checked).contains("BackendExample", "EmulatorExample");
        assertThat(readme.split("```java", -1))
                .as("every Java block of the README comes from an example")
                .hasSize(checked.size() + 1);
    }

    private static String region(String type, String name) throws IOException {
        List<String> lines = Files.readAllLines(EXAMPLES.resolve(type + ".java"));
        int start = indexOf(lines, "// region " + name) + 1;
        int end = start + indexOf(lines.subList(start, lines.size()), "// endregion");
        return lines.subList(start, end).stream()
                        .collect(Collectors.joining("\n"))
                        .stripIndent() + "\n";
    }

    private static int indexOf(List<String> lines, String marker) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(marker)) {
                return i;
            }
        }
        throw new AssertionError("no line " + marker);
    }
}
