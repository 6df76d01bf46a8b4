package io.github.conversations4j.examples;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.PollTier;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A back end without a public URL; run on the emulator. */
public final class PollExample {
    private PollExample() {}

    /** The options of a back end with a real account. */
    static ClientOptions options() {
        // region options
        PollOptions often = PollOptions.builder()
                .messagesEvery(PollTier.HOT, Duration.ofSeconds(1)) // where something happened just now
                .conversationsEvery(Duration.ofSeconds(10))
                .build();
        ClientOptions options = ClientOptions.backend(Credentials.fromEnvironment())
                .source(EventSources.poll(often)) // or EventSources.webhook(…).and(EventSources.poll())
                .build();
        // endregion
        return options;
    }

    /**
     * Runs it.
     *
     * @param args none
     * @throws Exception if nothing is heard
     */
    public static void main(String[] args) throws Exception {
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            twilio.user("bob").in("general").says("from before");
            CompletableFuture<String> heard = new CompletableFuture<>();
            ClientOptions options = twilio.backendOptions()
                    .source(EventSources.poll(PollOptions.builder()
                            .messagesEvery(PollTier.HOT, Duration.ofMillis(200))
                            .build()))
                    .build();
            try (ConversationsClient client = ConversationsClient.start(options)) {
                client.onMessageAdded(event -> heard.complete(event.message().body()));
                client.ready().await();
                twilio.user("bob").in("general").says("hi alice");
                System.out.println("polled: " + heard.get(10, TimeUnit.SECONDS));
                System.out.printf("at %.0f calls a minute%n", client.polling().callsPerMinute());
            }
        }
    }
}
