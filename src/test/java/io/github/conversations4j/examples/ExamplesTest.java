package io.github.conversations4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.ConversationsEmulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs each example as a user would and reads what it prints. */
class ExamplesTest {
    @Test
    void theQuickstartPrintsTheConversationAsBothSidesSawIt() throws Exception {
        String printed = printedBy(() -> Quickstart.main(new String[0]));

        // In a conversation everything is in order; what is the client's own comes from a lane beside it.
        assertThat(linesOf("[back end]", printed).filter(line -> !line.equals("ready")))
                .containsExactly(
                        "general was made",
                        "bob joined",
                        "alice joined",
                        "alice: hi bob",
                        "bob: hi alice, hwo are you?",
                        "bob: alice's hook does not print this",
                        "alice left",
                        "bob: where is she?");
        assertThat(linesOf("[alice]", printed).filter(line -> line.contains(": ")))
                // Whoever is quick edits within the millisecond of the message, and then the date is as it was.
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("alice: hi bob"),
                        line -> assertThat(line).isEqualTo("bob: hi alice, hwo are you?"),
                        line -> assertThat(line)
                                .matches(
                                        "bob: hi alice, how are you\\? {3}\\[BODY, LAST_UPDATED_BY(, DATE_UPDATED)?]"));
        assertThat(printed).contains("[back end] ready", "[alice]    connected as alice", "[alice]    bob is typing …");
    }

    private static Stream<String> linesOf(String who, String printed) {
        return printed.lines()
                .filter(line -> line.startsWith(who))
                .map(line -> line.substring(who.length()).strip());
    }

    @Test
    void theBackendGreetsAndDoesNotHearItself() throws Exception {
        String printed = printedBy(() -> BackendExample.main(new String[0]));

        assertThat(printed.lines())
                .contains("greeted with message 0", "alice: thank you")
                .anyMatch(line -> line.matches("a token of \\d{3,} characters"))
                .noneMatch(line -> line.contains("Welcome"));
    }

    @Test
    void theEmulatorShowsWhatBobSaid() throws Exception {
        assertThat(printedBy(() -> EmulatorExample.main(new String[0])).strip()).isEqualTo("hi alice");
    }

    @Test
    void theParticipantSeesBobTypeAndTalk() throws Exception {
        String printed = printedBy(() -> ParticipantExample.main(new String[0]));

        assertThat(printed.lines()).contains("connected as alice", "message 0 is SENT");
        assertThat(printed.lines().filter(line -> line.startsWith("bob")))
                .containsExactly("bob is typing …", "bob: hi alice");
    }

    @Test
    void thePollerHearsBobWithoutAWebhook() throws Exception {
        assertThat(printedBy(() -> PollExample.main(new String[0])).lines())
                .hasSize(2)
                .first()
                .isEqualTo("polled: hi alice");
    }

    @Test
    void theBrowserGetsTheChatListAndWhatChangesInIt() throws Exception {
        String printed = printedBy(() -> ChatListExample.main(new String[0]));

        assertThat(printed.lines())
                .containsExactly(
                        "general (1): hi alice", "the browser gets all: ", "the browser gets row: are you there?");
    }

    @Test
    void twoTerminalsTalkAndSeeEachOtherType() throws Exception {
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                Terminal alice = new Terminal("alice", "bob", twilio.url());
                Terminal bob = new Terminal("bob", "alice", twilio.url())) {
            alice.shows("* alice talks to bob");
            bob.shows("* bob talks to alice");

            alice.type("hi bxx\b\bob");
            bob.shows("* alice is typing …");
            alice.type("\n");
            bob.shows("alice: hi bob");
            bob.type("grüß dich\n\n");
            alice.shows("bob: grüß dich");
            alice.shows("* bob has read up to 1");
            alice.type("/quit\n");
            alice.ends();
        }
    }

    /** Somebody at a terminal, whose keys come one by one. */
    private static final class Terminal implements AutoCloseable {
        private final PipedOutputStream keys = new PipedOutputStream();
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final List<String> shown = new ArrayList<>();
        private final Thread program;

        Terminal(String me, String other, String emulator) throws IOException {
            PipedInputStream read = new PipedInputStream(keys);
            PrintStream screen = new PrintStream(OutputStream.nullOutputStream()) {
                @Override
                public void println(String line) {
                    lines.add(line);
                }
            };
            TerminalChat chat = new TerminalChat(me, other, emulator, screen);
            program = new Thread(() -> run(chat, read), "terminal-of-" + me);
            program.start();
        }

        private static void run(TerminalChat chat, InputStream keys) {
            try {
                chat.run(keys, new PrintStream(OutputStream.nullOutputStream()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void type(String text) throws IOException {
            keys.write(text.getBytes(StandardCharsets.UTF_8));
            keys.flush();
        }

        /** Waits for a line, wherever it stands: reads and messages come over different ways. */
        void shows(String expected) throws InterruptedException {
            while (!shown.contains(expected)) {
                String line = lines.poll(10, TimeUnit.SECONDS);
                assertThat(line).as("%s among %s", expected, shown).isNotNull();
                shown.add(line);
            }
        }

        void ends() throws InterruptedException {
            program.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(program.isAlive()).isFalse();
        }

        @Override
        public void close() throws IOException {
            keys.close();
        }
    }

    private static String printedBy(Program program) throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private interface Program {
        void run() throws Exception;
    }
}
