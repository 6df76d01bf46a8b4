package io.github.conversations4j.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emulator as a process of its own. */
class EmulatorMainTest {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final int TERMINATED = 128 + 15;

    private final ControlClient http = new ControlClient();
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
        http.close();
    }

    @Test
    void it_says_where_it_is_serves_the_seed_and_ends_on_sigterm() throws Exception {
        Path seed = Files.writeString(directory.resolve("seed.json"), """
                {"users": [{"identity": "alice", "friendly_name": "Alice", "attributes": {"color": "red"}}],
                 "conversations": [{"unique_name": "general", "friendly_name": "General",
                   "participants": [{"identity": "alice", "last_read_message_index": 0},
                                    {"address": "+15550001", "proxy_address": "+15550002"}],
                   "messages": [{"author": "alice", "body": "hello"}, {"body": "welcome", "attributes": {"n": 1}}]}]}
                """);
        Process process = run(
                "--port", "0", "--account-sid", ACCOUNT, "--auth-token", "token-of-the-account", "--seed", "" + seed);
        Introduced said = introduction(process.inputReader(UTF_8));

        assertThat(said.lines)
                .contains("  export TWILIO_ACCOUNT_SID=" + ACCOUNT, "  export TWILIO_AUTH_TOKEN=token-of-the-account")
                .anyMatch(line -> line.contains(
                        "Twilsock: { uri: \"ws" + said.url.substring("http".length()) + "/v3/wsconnect\" }"));
        ControlClient.Reply messages =
                http.as(ACCOUNT, "token-of-the-account").get(said.url + "/v1/Conversations/general/Messages");
        assertThat(messages.json().findValuesAsText("body")).containsExactly("hello", "welcome");
        JsonNode people =
                http.get(said.url + "/v1/Conversations/general/Participants").json();
        assertThat(people.findValuesAsText("last_read_message_index")).contains("0");
        assertThat(people.findValuesAsText("proxy_address")).containsExactly("+15550002");
        assertThat(http.get(said.url + "/v1/Users/alice")
                        .json()
                        .get("attributes")
                        .textValue())
                .isEqualTo("{\"color\":\"red\"}");

        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
    }

    @Test
    void what_it_does_not_understand_ends_it_with_the_usage_and_status_2() throws Exception {
        Process process = run("--prot", "1");

        String said = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said).startsWith("unknown option --prot").contains("--seed FILE");
    }

    @Test
    void a_seed_that_twilio_would_refuse_ends_it_with_status_2_and_the_reason() throws Exception {
        Path seed = Files.writeString(directory.resolve("seed.json"), """
                {"conversations": [{"unique_name": "a"}, {"unique_name": "a"}]}
                """);
        Process process = run("--port", "0", "--seed", seed.toString());

        String said = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said).startsWith("seed: ").contains("nique name");
    }

    private Process run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                EmulatorMain.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }

    private record Introduced(String url, List<String> lines) {}

    private static Introduced introduction(BufferedReader output) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.startsWith("A token for it:")) {
                break;
            }
        }
        assertThat(lines).isNotEmpty();
        return new Introduced(lines.get(0).split(" ")[4], lines);
    }
}
