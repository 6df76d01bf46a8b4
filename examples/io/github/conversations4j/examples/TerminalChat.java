package io.github.conversations4j.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conversations4j.ChatChange;
import io.github.conversations4j.ChatMessage;
import io.github.conversations4j.ChatPerson;
import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.Conversation;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.LiveChat;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * A chat of two in two terminals, with typing. Both speak to an emulator that runs in a third:
 *
 * <pre>{@code
 * mvn -q compile exec:java -Dexec.mainClass=io.github.conversations4j.emulator.EmulatorMain
 * mvn -q compile exec:java -Dexec.mainClass=io.github.conversations4j.examples.TerminalChat -Dexec.args="alice bob"
 * mvn -q compile exec:java -Dexec.mainClass=io.github.conversations4j.examples.TerminalChat -Dexec.args="bob alice"
 * }</pre>
 *
 * <p>An empty line says that all was read; {@code /quit} or the end of the input ends it. Who types is seen at every key
 * where the terminal can be told to hand keys over one by one (Unix), else at the end of the line.
 */
public final class TerminalChat {
    private static final String EMULATOR = "http://127.0.0.1:8790";

    private final String me;
    private final String other;
    private final String emulator;
    private final PrintStream out;

    TerminalChat(String me, String other, String emulator, PrintStream out) {
        this.me = me;
        this.other = other;
        this.emulator = emulator;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param args who you are, whom you talk to, and the emulator's URL if it is not {@value #EMULATOR}
     * @throws IOException if the terminal or the emulator cannot be reached
     * @throws IllegalArgumentException if it is not said who you are and whom you talk to
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            throw new IllegalArgumentException("usage: TerminalChat ME OTHER [URL of the emulator]");
        }
        TerminalChat chat = new TerminalChat(args[0], args[1], args.length > 2 ? args[2] : EMULATOR, System.out);
        try (TerminalKeys keys = TerminalKeys.oneByOne()) {
            chat.run(System.in, keys.echo(System.out));
        }
    }

    void run(InputStream keys, PrintStream echo) throws IOException {
        ClientOptions options =
                ClientOptions.participant(this::token).baseUrl(emulator).build();
        try (ConversationsClient client = ConversationsClient.start(options)) {
            client.onConnectionStateChanged(event -> out.println("* " + event.state()));
            Conversation conversation = client.me().directConversation(other).await();
            try (LiveChat chat = client.me().openChat(conversation).await()) {
                out.println("* " + me + " talks to " + other);
                chat.onChange(this::show); // the last messages first, then whatever happens
                conversation.onRead(position ->
                        out.println("* " + position.identity() + " has read up to " + position.lastReadMessageIndex()));
                talk(conversation, keys, echo);
            }
        }
    }

    private void show(ChatChange change) {
        if (change instanceof ChatChange.All all) {
            all.chat().messages().forEach(this::show);
        } else if (change instanceof ChatChange.Message message) {
            show(message.message());
        } else if (change instanceof ChatChange.Typing typing) {
            typing.people().forEach(person -> out.println("* " + person.displayName() + " is typing …"));
        }
    }

    private void show(ChatMessage message) {
        ChatPerson author = message.author();
        out.println((author == null ? "system" : author.displayName()) + ": " + message.body());
    }

    private void talk(Conversation conversation, InputStream keys, PrintStream echo) throws IOException {
        LineOfKeys line = new LineOfKeys(keys, echo);
        for (int key = line.next(); key != LineOfKeys.END; key = line.next()) {
            if (key != LineOfKeys.ENTER) {
                conversation.typing(); // throttled by the library
                continue;
            }
            String text = line.take().strip();
            if (text.equals("/quit")) {
                return;
            } else if (text.isEmpty()) {
                conversation.setAllMessagesRead();
            } else {
                conversation.sendMessage(text).await();
            }
        }
    }

    /** In an application your own server makes it, for whoever is signed in. */
    private String token() throws IOException {
        String who = URLEncoder.encode(me, StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(emulator + "/emulator/token?identity=" + who))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            return new ObjectMapper().readTree(answer.body()).path("token").asText();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the token was fetched");
        }
    }
}
