package io.github.conversations4j.interop;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.Conversation;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.event.ConversationJoined;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Two participants in one conversation of an emulator, each of whom hears all there is to hear: jane at Twilio's JavaScript
 * client and duke at ours.
 *
 * @param javaScript the process in which jane lives
 * @param jane her client
 * @param janesChat the conversation as she has it
 * @param duke his client
 * @param dukesChat the conversation as he has it
 * @param heard what he hears
 */
record Encounter(
        JavaScript javaScript,
        JsObject jane,
        JsObject janesChat,
        ConversationsClient duke,
        Conversation dukesChat,
        Happenings<ConversationsEvent> heard)
        implements AutoCloseable {
    static final String CHAT = "general";

    /** Both connect directly. */
    static Encounter on(ConversationsEmulator twilio) {
        return on(twilio, twilio.socketUrl(), twilio.participantOptions("duke").build());
    }

    /** Both connect as they are told. */
    static Encounter on(ConversationsEmulator twilio, String janesSocket, ClientOptions dukesOptions) {
        twilio.user("jane").in(CHAT).joins();
        twilio.user("duke").in(CHAT).joins();
        JavaScript javaScript = JavaScript.start();
        try {
            JsObject jane = javaScript.make("Client", twilio.accessToken("jane"), options(janesSocket));
            JsObject janesChat = jane.await("conversationJoined").object();
            Happenings<ConversationsEvent> heard = new Happenings<>();
            ConversationsClient duke = ConversationsClient.start(dukesOptions, client -> hearAll(client, heard));
            ConversationsEvent joined = heard.await("conversationJoined", ConversationJoined.class::isInstance);
            Conversation dukesChat = duke.conversation((ConversationJoined) joined);
            return new Encounter(javaScript, jane, janesChat, duke, dukesChat, heard);
        } catch (RuntimeException | AssertionError e) {
            javaScript.close();
            throw e;
        }
    }

    /** What the JavaScript client is told: where to connect, to try again soon, and to be quiet. */
    static Map<String, Object> options(String socket) {
        return Map.of(
                "logLevel",
                "silent",
                "retryPolicy",
                Map.of("min", 50, "max", 200, "randomness", 0),
                "Twilsock",
                Map.of("uri", socket));
    }

    private static void hearAll(ConversationsClient client, Happenings<ConversationsEvent> heard) {
        for (EventType<?> type : EventType.all()) {
            if (client.supports(type)) {
                client.on(type, heard::add);
            }
        }
    }

    /** Waits until duke hears something, and takes it. */
    <E extends ConversationsEvent> E hears(Class<E> type, Predicate<? super E> fits) {
        return type.cast(
                heard.await(type.getSimpleName(), event -> type.isInstance(event) && fits.test(type.cast(event))));
    }

    /** Waits until duke hears something, and takes it. */
    <E extends ConversationsEvent> E hears(Class<E> type) {
        return hears(type, event -> true);
    }

    @Override
    public void close() {
        try (javaScript) {
            duke.close();
        }
    }
}
