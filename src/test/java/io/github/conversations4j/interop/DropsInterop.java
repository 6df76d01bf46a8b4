package io.github.conversations4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.event.ConnectionStateChanged;
import io.github.conversations4j.event.MessageAdded;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets that break while messages come: both clients have each of them once and in order. */
class DropsInterop {
    private static final int DROPS = 8;
    private static final int LONGEST_BURST = 120;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 20_260_101})
    void nothingIsLostDoubledOrOutOfOrder(long seed) {
        Random random = new Random(seed);
        List<String> said = new ArrayList<>();
        try (ConversationsEmulator twilio = ConversationsEmulator.start();
                Relay relay = Relay.to(URI.create(twilio.url()).getPort())) {
            SimulatedParticipant bob = twilio.user("bob").in(Encounter.CHAT).joins();
            try (Encounter both = through(relay, twilio)) {
                awaitConnected(both);
                for (int drop = 0; drop < DROPS; drop++) {
                    talk(bob, random, said);
                    relay.cut();
                    talk(bob, random, said);
                    awaitConnected(both);
                }
                talk(bob, random, said);
                assertThat(heardByJavaScript(both, said.size())).isEqualTo(said);
                assertThat(heardByJava(both, said.size())).isEqualTo(said);

                bob.says("and no more came after those");
                both.janesChat().await("messageAdded");
                both.hears(MessageAdded.class);
                assertThat(both.javaScript().pending(both.janesChat(), "messageAdded"))
                        .isEmpty();
                assertThat(both.heard().pending(MessageAdded.class::isInstance)).isEmpty();
            }
        }
    }

    private static Encounter through(Relay relay, ConversationsEmulator twilio) {
        String address = "127.0.0.1:" + relay.port();
        return Encounter.on(
                twilio,
                "ws://" + address + URI.create(twilio.socketUrl()).getPath(),
                twilio.participantOptions("duke")
                        .baseUrl("http://" + address)
                        .reconnectDelays(Duration.ofMillis(50), Duration.ofMillis(200))
                        .build());
    }

    private static void talk(SimulatedParticipant bob, Random random, List<String> said) {
        for (int left = random.nextInt(LONGEST_BURST); left >= 0; left--) {
            String text = "message " + said.size();
            bob.says(text);
            said.add(said.size() + ": " + text);
        }
    }

    /** Waits until both are connected once more, so that the next drop breaks both connections. */
    private static void awaitConnected(Encounter both) {
        both.javaScript()
                .await(
                        both.jane(),
                        "connectionStateChanged",
                        event -> event.value().asText().equals("connected"));
        both.hears(ConnectionStateChanged.class, event -> event.state() == ConnectionState.CONNECTED);
    }

    private static List<String> heardByJavaScript(Encounter both, int messages) {
        List<String> heard = new ArrayList<>();
        while (heard.size() < messages) {
            JsObject message = both.janesChat().await("messageAdded").object();
            heard.add(message.get("index").asInt() + ": " + message.text("body"));
        }
        return heard;
    }

    private static List<String> heardByJava(Encounter both, int messages) {
        List<String> heard = new ArrayList<>();
        while (heard.size() < messages) {
            MessageAdded event = both.hears(MessageAdded.class);
            heard.add(event.message().index() + ": " + event.message().body());
        }
        return heard;
    }
}
