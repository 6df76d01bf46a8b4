package io.github.conversations4j.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.conversations4j.ChatList;
import io.github.conversations4j.ChatMessage;
import io.github.conversations4j.ChatOptions;
import io.github.conversations4j.ChatRow;
import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.LiveChatList;
import io.github.conversations4j.Profile;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A back end that gives a browser the chat list of its user, and everything that changes in it; run on the emulator. */
public final class ChatListExample {
    private ChatListExample() {}

    /**
     * Runs it.
     *
     * @param args none
     * @throws IOException if the browser's connection breaks
     */
    public static void main(String[] args) throws IOException {
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            twilio.user("alice").in("general").joins().readsAll();
            SimulatedParticipant bob = twilio.user("bob").in("general").says("hi alice");
            UserTable users = ids -> ids.stream()
                    .collect(Collectors.toMap(
                            Function.identity(),
                            id -> new Profile(id.equals("bob") ? "Bob the Builder" : id, "/pictures/" + id)));
            ClientOptions.Builder options = twilio.backendOptions();
            // region list
            ConversationsClient client = ConversationsClient.start(options.chats(ChatOptions.builder()
                            .profiles(ids -> users.find(ids)) // names and pictures, from wherever you keep them
                            .build())
                    .build());
            client.ready().await();

            ChatList list = client.as("alice").chatList().await();
            for (ChatRow row : list.rows()) {
                ChatMessage last = row.lastMessage(); // null where nobody has said anything
                System.out.println(
                        row.title() + " (" + row.unread().orElse(1) + "): " + (last == null ? "" : last.body()));
            }
            // endregion
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            try {
                stream(server, client);
                server.start();
                browse(server.getAddress().getPort(), bob);
            } finally {
                client.close();
                server.stop(0);
            }
        }
    }

    private static void stream(HttpServer server, ConversationsClient client) {
        ObjectMapper json = new ObjectMapper();
        // region stream
        server.createContext("/chats", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream browser = exchange.getResponseBody();
            LiveChatList live = client.as(signedIn(exchange)).followChatList().await();
            // First the whole list, then every change of it.
            live.onChange(change -> {
                try {
                    browser.write(
                            ("data: " + json.writeValueAsString(change) + "\n\n").getBytes(StandardCharsets.UTF_8));
                    browser.flush();
                } catch (IOException gone) {
                    live.close();
                }
            });
        });
        // endregion
    }

    /** Who the application's own sign-in says it is; here whoever says so. */
    private static String signedIn(HttpExchange exchange) {
        return String.valueOf(exchange.getRequestHeaders().getFirst("X-User"));
    }

    private static void browse(int port, SimulatedParticipant bob) throws IOException {
        ObjectMapper json = new ObjectMapper();
        URLConnection browser =
                URI.create("http://127.0.0.1:" + port + "/chats").toURL().openConnection();
        browser.setReadTimeout(10_000);
        browser.setRequestProperty("X-User", "alice");
        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(browser.getInputStream(), StandardCharsets.UTF_8))) {
            System.out.println("the browser gets " + kind(json, events));
            bob.says("are you there?");
            System.out.println("the browser gets " + kind(json, events));
        }
    }

    private static String kind(ObjectMapper json, BufferedReader events) throws IOException {
        String line = events.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = events.readLine();
        }
        if (line == null) {
            throw new IOException("the stream has ended");
        }
        JsonNode change = json.readTree(line.substring("data: ".length()));
        return change.path("change").asText() + ": "
                + change.at("/row/lastMessage/body").asText();
    }

    /** Where the application keeps its users. */
    private interface UserTable {
        Map<String, Profile> find(Set<String> ids);
    }
}
