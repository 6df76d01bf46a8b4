package io.github.conversations4j.internal.realtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.Credentials;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract on a real account, whose credentials are in the environment; {@code mvn verify -Plive} runs it. It makes
 * conversations and users in that account, and deletes the conversations.
 */
class RealtimeLive extends RealtimeContract {
    private static final String NEEDED = """
            The live check was not run. It needs a Twilio account, named by these variables of the environment:
              TWILIO_ACCOUNT_SID                  AC…
              TWILIO_API_KEY_SID                  SK…, a key of that account
              TWILIO_API_SECRET                   the secret of the key
              TWILIO_CONVERSATIONS_SERVICE_SID    IS…, a Conversations service to try it in; better none with customers
              TWILIO_REGION                       only if the account is not in us1, with TWILIO_EDGE
            """;

    private static Credentials credentials;
    private static ConversationsClient backend;

    @BeforeAll
    static void start() {
        boolean there;
        try {
            credentials = Credentials.fromEnvironment();
            there = credentials.apiKey().isPresent() && credentials.serviceSid().isPresent();
        } catch (RuntimeException incomplete) {
            System.out.println(incomplete.getMessage());
            there = false;
        }
        if (!there) {
            System.out.println(NEEDED);
        }
        assumeTrue(there, NEEDED);
        backend = ConversationsClient.start(ClientOptions.backend(credentials).build());
    }

    @AfterAll
    static void stop() {
        if (backend != null) {
            backend.close();
        }
    }

    @Override
    ConversationsClient backend() {
        return backend;
    }

    @Override
    RealtimeOptions realtime() {
        return RealtimeOptions.twilio(credentials.region().orElse(null));
    }
}
