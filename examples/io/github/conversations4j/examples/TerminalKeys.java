package io.github.conversations4j.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;

/** The keys of this program's terminal, one by one if it can be told so; as it was again when it is closed. */
final class TerminalKeys implements AutoCloseable {
    private final boolean oneByOne;

    private TerminalKeys(boolean oneByOne) {
        this.oneByOne = oneByOne;
    }

    /** Where the input is no terminal, the command that sets it up says so by its status. */
    static TerminalKeys oneByOne() {
        return new TerminalKeys(stty("-icanon", "-echo"));
    }

    /** Where to show what is typed: a terminal that hands keys over one by one is told not to do so itself. */
    PrintStream echo(PrintStream screen) {
        return oneByOne ? screen : new PrintStream(OutputStream.nullOutputStream());
    }

    @Override
    public void close() {
        if (oneByOne) {
            stty("icanon", "echo");
        }
    }

    private static boolean stty(String... settings) {
        String[] command = new String[settings.length + 1];
        command[0] = "stty";
        System.arraycopy(settings, 0, command, 1, settings.length);
        try {
            return new ProcessBuilder(command)
                            .redirectInput(Redirect.INHERIT)
                            .redirectError(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no Unix
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
