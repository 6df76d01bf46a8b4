package io.github.conversations4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
                .containsExactly(
                        "alice: hi bob",
                        "bob: hi alice, hwo are you?",
                        "bob: hi alice, how are you?   [BODY, LAST_UPDATED_BY, DATE_UPDATED]");
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
