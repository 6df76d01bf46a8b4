package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.EventSourceContractTest;
import io.github.conversations4j.source.SourceConnection;
import io.github.conversations4j.source.SourceContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RealtimeContractTest extends EventSourceContractTest {
    private static ConversationsEmulator twilio;
    private static int rooms;

    private final String room = "room-" + rooms++;

    @BeforeAll
    static void startTwilio() {
        twilio = ConversationsEmulator.start();
    }

    @AfterAll
    static void stopTwilio() {
        twilio.close();
    }

    @Override
    protected EventSource source() {
        twilio.user("alice").in(room).joins();
        return new RealtimeSource(RealtimeOptions.at(twilio.url()), () -> twilio.accessToken("alice"));
    }

    @Override
    protected SourceConnection connect(EventSource source, SourceContext context) {
        return ((RealtimeSource) source).connect(context);
    }

    @Override
    protected void someoneSays(String text) {
        twilio.user("bob").in(room).says(text);
    }
}
