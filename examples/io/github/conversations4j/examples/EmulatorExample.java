package io.github.conversations4j.examples;

import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.emulator.ConversationsEmulator;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A test of an application, as it looks with the emulator. */
public final class EmulatorExample {
    private EmulatorExample() {}

    /**
     * Runs it.
     *
     * @param args none
     * @throws Exception if something went wrong
     */
    public static void main(String[] args) throws Exception {
        // region emulator
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                ConversationsClient client =
                        ConversationsClient.start(twilio.backendOptions().build())) {
            CompletableFuture<String> heard = new CompletableFuture<>();
            client.onMessageAdded(event -> heard.complete(event.message().body()));
            client.ready().await();

            twilio.user("bob").in("general").says("hi alice");

            System.out.println(heard.get(10, TimeUnit.SECONDS));
            twilio.awaitWebhooks(Duration.ofSeconds(10));
        }
        // endregion
    }
}
