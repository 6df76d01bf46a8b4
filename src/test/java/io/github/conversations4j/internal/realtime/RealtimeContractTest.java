package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.emulator.ConversationsEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the emulator. */
class RealtimeContractTest extends RealtimeContract {
    private static ConversationsEmulator twilio;
    private static ConversationsClient backend;

    @BeforeAll
    static void start() {
        twilio = ConversationsEmulator.start();
        backend = ConversationsClient.start(twilio.backendOptions().build());
    }

    @AfterAll
    static void stop() {
        backend.close();
        twilio.close();
    }

    @Override
    ConversationsClient backend() {
        return backend;
    }

    @Override
    RealtimeOptions realtime() {
        return RealtimeOptions.at(twilio.url());
    }
}
