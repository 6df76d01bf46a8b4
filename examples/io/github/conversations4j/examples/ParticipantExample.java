package io.github.conversations4j.examples;

import static io.github.conversations4j.ConversationsContext.*;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.Conversation;
import io.github.conversations4j.ConversationsContext;
import io.github.conversations4j.PendingMessage;
import io.github.conversations4j.Subscription;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A participant who sees others type; run on the emulator. */
public final class ParticipantExample {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ParticipantExample() {}

    /**
     * Runs it.
     *
     * @param args none
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            twilio.user("alice").in("general").joins();
            SimulatedParticipant bob = twilio.user("bob").in("general").joins();
            CountDownLatch live = new CountDownLatch(1);
            TokenServer myServer = () -> twilio.accessToken("alice");

            onConversationJoined(event -> live.countDown());
            onMessageAdded(event -> {
                if ("bob".equals(event.message().author())) {
                    heard.countDown();
                }
            });
            ClientOptions options = ClientOptions.participant(() -> myServer.fetchToken())
                    .baseUrl(twilio.url())
                    .build();
            // region participant
            ConversationsContext.initialize(options); // ClientOptions.participant(() -> myServer.fetchToken()).build()

            onInit(event -> System.out.println("connected as " + event.identity()));
            onTypingStarted(event -> System.out.println(event.participant().identity() + " is typing …"));
            Subscription messages = onMessageAdded(event -> System.out.println(
                    event.message().author() + ": " + event.message().body()));

            Conversation chat = findConversation("general").await(); // by SID or unique name
            chat.typing(); // throttled by the library: call it on every key press
            PendingMessage sent = chat.sendMessage("hello");
            System.out.println("message " + sent.await().index() + " is " + sent.state());
            chat.setAllMessagesRead();
            // endregion
            await(live);
            bob.types().says("hi alice");
            await(heard);
            ConversationsContext.close(PATIENCE); // lets the hooks finish
            messages.unsubscribe();
        } finally {
            ConversationsContext.close();
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("nothing happened within " + PATIENCE);
        }
    }

    /** Where the application gets its tokens from. */
    private interface TokenServer {
        String fetchToken();
    }
}
