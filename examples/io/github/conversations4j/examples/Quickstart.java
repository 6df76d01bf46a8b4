package io.github.conversations4j.examples;

import static io.github.conversations4j.ConversationsContext.*;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.Conversation;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.ConversationsContext;
import io.github.conversations4j.Subscription;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.model.Message;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A back end and a participant in one conversation, without a Twilio account. The emulator plays Twilio: its signed
 * webhooks reach the back end over HTTP, its socket reaches alice, who has nothing but a token; bob is played by the
 * emulator. Hooks print what happened.
 */
public final class Quickstart {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Quickstart() {}

    /**
     * Runs it.
     *
     * @param args none
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                ConversationsClient backEnd = backEnd(twilio)) {
            SimulatedParticipant bob = twilio.user("bob").in("general").joins();
            backEnd.findConversation("general")
                    .await()
                    .participants()
                    .add("alice")
                    .await();

            beAlice(twilio, backEnd, bob);

            bob.says("where is she?");
            twilio.awaitWebhooks(PATIENCE);
        }
    }

    /** A back end has account credentials and hears everything by webhook. */
    private static ConversationsClient backEnd(ConversationsEmulator twilio) {
        ConversationsClient backEnd =
                ConversationsClient.start(twilio.backendOptions().build());
        backEnd.onInit(event -> print("back end", "ready"));
        backEnd.onConversationAdded(
                event -> print("back end", event.conversation().uniqueName() + " was made"));
        backEnd.onParticipantJoined(
                event -> print("back end", event.participant().identity() + " joined"));
        backEnd.onParticipantLeft(event -> print("back end", event.participant().identity() + " left"));
        backEnd.onMessageAdded(event -> print("back end", said(event.message())));
        backEnd.ready().await();
        return backEnd;
    }

    /** A participant has a token and hears everything over the socket, typing included. */
    private static void beAlice(ConversationsEmulator twilio, ConversationsClient backEnd, SimulatedParticipant bob)
            throws InterruptedException {
        CountDownLatch joined = new CountDownLatch(1);
        CountDownLatch corrected = new CountDownLatch(1);

        // region hooks
        // Hooks may be registered before there is a client: they miss nothing.
        onInit(event -> print("alice", "connected as " + event.identity()));
        onConversationJoined(event -> joined.countDown());
        onTypingStarted(event -> print("alice", event.participant().identity() + " is typing …"));
        Subscription messages = onMessageAdded(event -> print("alice", said(event.message())));
        onMessageUpdated(event -> {
            print("alice", said(event.message()) + "   " + event.updateReasons());
            corrected.countDown();
        });

        // The function is called again before every expiry.
        ConversationsContext.initialize(
                ClientOptions.participant(() -> backEnd.tokens().mint("alice"))
                        .baseUrl(twilio.url()) // without it: Twilio
                        .build());
        // endregion

        try {
            await(joined);
            Conversation general = findConversation("general").await();
            general.sendMessage("hi bob").await();
            bob.types().says("hi alice, hwo are you?").edits(bob.lastMessageSid(), "hi alice, how are you?");
            await(corrected);

            messages.unsubscribe(); // stops one hook; the others go on
            bob.says("alice's hook does not print this");
            general.leave().await();
        } finally {
            ConversationsContext.close(PATIENCE); // finishes what is queued; nothing of the library is left
        }
    }

    private static String said(Message message) {
        return message.author() + ": " + message.body();
    }

    private static void print(String who, String what) {
        System.out.printf("%-11s%s%n", "[" + who + "]", what);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("nothing happened within " + PATIENCE);
        }
    }
}
