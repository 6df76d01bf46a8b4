package io.github.conversations4j.examples;

import static io.github.conversations4j.ConversationsContext.*;

import io.github.conversations4j.ConversationsContext;
import io.github.conversations4j.Subscription;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.model.Message;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A back end hears a conversation between two people, without a Twilio account: the emulator plays Twilio, its signed
 * webhooks reach the library over HTTP, and hooks print what happened.
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
        CountDownLatch corrected = new CountDownLatch(1);
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            // region hooks
            // Hooks may be registered before there is a client: they miss nothing.
            onInit(event -> System.out.println("ready, events come by webhook"));
            onConversationAdded(event -> System.out.println(event.conversation().uniqueName() + " was made"));
            onParticipantJoined(event -> System.out.println(event.participant().identity() + " joined"));
            onParticipantLeft(event -> System.out.println(event.participant().identity() + " left"));
            Subscription messages = onMessageAdded(event -> {
                Message message = event.message();
                System.out.println(message.author() + ": " + message.body());
            });
            onMessageUpdated(event -> {
                Message message = event.message();
                System.out.println(message.author() + " corrects: " + message.body() + "   " + event.updateReasons());
                corrected.countDown();
            });

            ConversationsContext.initialize(twilio.backendOptions().build());
            ConversationsContext.client().ready().await();
            // endregion

            SimulatedParticipant alice = twilio.user("alice").in("general").joins();
            SimulatedParticipant bob = twilio.user("bob").in("general").joins();
            alice.says("hi bob");
            bob.says("hi alice, hwo are you?");
            bob.edits(bob.lastMessageSid(), "hi alice, how are you?");

            // Hooks of one conversation run in order: after the correction everything before it was printed.
            if (!corrected.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("no correction within " + PATIENCE);
            }

            messages.unsubscribe(); // stops one hook; the others go on
            alice.says("nobody prints this");
            alice.leaves();
            twilio.awaitWebhooks(PATIENCE);
        } finally {
            ConversationsContext.close(); // finishes what is queued; nothing of the library is left
        }
    }
}
