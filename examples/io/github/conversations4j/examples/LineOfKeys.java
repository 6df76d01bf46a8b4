package io.github.conversations4j.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A line as it is typed. */
final class LineOfKeys {
    static final int END = -1;
    static final int ENTER = '\n';
    private static final List<Integer> RUB_OUT = List.of(8, 127);

    private final InputStream keys;
    private final PrintStream echo;
    private final ByteArrayOutputStream typed = new ByteArrayOutputStream();

    LineOfKeys(InputStream keys, PrintStream echo) {
        this.keys = keys;
        this.echo = echo;
    }

    int next() throws IOException {
        int key = keys.read();
        if (RUB_OUT.contains(key)) {
            rubOut();
        } else if (key != END && key != ENTER) {
            typed.write(key);
            echo.write(key);
            echo.flush();
        } else if (key == ENTER) {
            echo.println();
        }
        return key;
    }

    /** The last character, of as many bytes as it has. */
    private void rubOut() {
        String text = typed.toString(StandardCharsets.UTF_8);
        if (!text.isEmpty()) {
            typed.reset();
            byte[] rest = text.substring(0, text.offsetByCodePoints(text.length(), -1))
                    .getBytes(StandardCharsets.UTF_8);
            typed.write(rest, 0, rest.length);
            echo.print("\b \b");
            echo.flush();
        }
    }

    String take() {
        String line = typed.toString(StandardCharsets.UTF_8);
        typed.reset();
        return line;
    }
}
