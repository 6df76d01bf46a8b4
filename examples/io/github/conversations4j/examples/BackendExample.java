package io.github.conversations4j.examples;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.Conversation;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.Middleware;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.source.EventSources;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A back end that greets whoever joins and hands out tokens; run on the emulator. */
public final class BackendExample {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private BackendExample() {}

    /** The options of a back end with a real account. */
    static ClientOptions options() {
        // region options
        ClientOptions options = ClientOptions.backend(Credentials.fromEnvironment())
                .source(EventSources.webhook("https://chat.example.com/twilio"))
                .middleware(Middleware.ignoreOwnMessages()) // a bot that answers does not answer itself
                .build();
        // endregion
        return options;
    }

    /**
     * Runs it.
     *
     * @param args none
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        CountDownLatch greeted = new CountDownLatch(1);
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            ClientOptions options = twilio.backendOptions()
                    .middleware(Middleware.ignoreOwnMessages())
                    .build();
            // region backend
            ConversationsClient client = ConversationsClient.start(options);
            client.onMessageAdded(event -> {
                Message message = event.message();
                System.out.println(message.author() + ": " + message.body());
            });
            client.onParticipantJoined(event -> {
                Conversation chat = client.conversation(event);
                Message sent = chat.sendMessage(
                                "Welcome, " + event.participant().identity())
                        .await();
                System.out.println("greeted with message " + sent.index());
                greeted.countDown();
            });
            client.ready().await();

            String token = client.tokens().mint("alice"); // for alice's browser or phone
            // endregion
            System.out.println("a token of " + token.length() + " characters");

            twilio.user("alice").in("general").joins();
            if (!greeted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody was greeted within " + PATIENCE);
            }
            twilio.user("alice").in("general").says("thank you");
            twilio.awaitWebhooks(PATIENCE);
            client.close();
        }
    }
}
