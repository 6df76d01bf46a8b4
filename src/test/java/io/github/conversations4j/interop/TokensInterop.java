package io.github.conversations4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.EmulatorOptions;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.event.ConnectionStateChanged;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.TokenAboutToExpire;
import io.github.conversations4j.event.TokenExpired;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that run out on a clock that is moved by hand. The JavaScript client has its own, and is told by the server. */
class TokensInterop {
    private static final Duration UNTIL_WARNED = Duration.ofMinutes(57);
    private static final Duration UNTIL_EXPIRED = Duration.ofMinutes(61);

    private final ManualTime time = new ManualTime(InstantSource.system().instant());
    private final AtomicInteger tokensForDuke = new AtomicInteger();
    private final AtomicBoolean noTokens = new AtomicBoolean();
    private ConversationsEmulator twilio;
    private SimulatedParticipant bob;
    private Encounter both;

    @BeforeEach
    void meet() {
        twilio = ConversationsEmulator.start(
                EmulatorOptions.builder().clock(time).scheduler(time).build());
        ClientOptions options = ClientOptions.participant(() -> {
                    if (noTokens.get()) {
                        throw new IllegalStateException("the token server is down");
                    }
                    tokensForDuke.incrementAndGet();
                    return twilio.accessToken("duke");
                })
                .baseUrl(twilio.url())
                .clock(time)
                .reconnectDelays(Duration.ofMillis(50), Duration.ofMillis(200))
                .build();
        bob = twilio.user("bob").in(Encounter.CHAT).joins();
        both = Encounter.on(twilio, twilio.socketUrl(), options);
        connected();
    }

    @AfterEach
    void part() {
        noTokens.set(false);
        if (both != null) {
            both.close();
        }
        twilio.close();
    }

    @Test
    void bothAreWarnedAndGoOnWithNewTokens() {
        assertThat(tokensForDuke).hasValue(1);
        int timersOfTheServer = time.pending();
        time.advance(UNTIL_WARNED);
        both.jane().await("tokenAboutToExpire");
        both.jane().call("updateToken", twilio.accessToken("jane"));
        both.hears(TokenAboutToExpire.class);
        // The server has a timer for each warning. Both are set again when it has the new tokens; that duke has been
        // given his says nothing about that.
        Patience.until(() -> time.pending() == timersOfTheServer);
        assertThat(tokensForDuke).hasValue(2);
        talk("before the first tokens end");

        time.advance(UNTIL_EXPIRED.minus(UNTIL_WARNED));
        talk("after the first tokens ended");
        assertThat(both.javaScript().pending(both.jane(), "tokenExpired")).isEmpty();
        assertThat(both.heard().pending(TokenExpired.class::isInstance)).isEmpty();
        assertThat(both.heard().pending(TokensInterop::isConnected))
                .as("connected anew")
                .isEmpty();
    }

    @Test
    void bothComeBackAfterTheirTokensEndedAndHaveMissedNothing() {
        noTokens.set(true);
        time.advance(UNTIL_EXPIRED);
        both.jane().await("tokenExpired");
        both.hears(TokenExpired.class);
        both.javaScript()
                .await(
                        both.jane(),
                        "connectionStateChanged",
                        event -> event.value().asText().equals("disconnected"));
        bob.says("nobody hears me");

        // Not before it is disconnected: until then its promise would never be kept.
        both.jane().call("updateToken", twilio.accessToken("jane"));
        noTokens.set(false);
        connected();
        assertThat(both.janesChat().await("messageAdded").object().text("body")).isEqualTo("nobody hears me");
        assertThat(both.hears(MessageAdded.class).message().body()).isEqualTo("nobody hears me");
        talk("here again");
    }

    /** Each hears the other. */
    private void talk(String text) {
        both.janesChat().call("sendMessage", "jane: " + text);
        both.dukesChat().sendMessage("duke: " + text).await();
        for (String said : List.of("jane: " + text, "duke: " + text)) {
            both.hears(MessageAdded.class, event -> said.equals(event.message().body()));
            both.javaScript()
                    .await(
                            both.janesChat(),
                            "messageAdded",
                            event -> said.equals(event.object().text("body")));
        }
    }

    private void connected() {
        both.javaScript()
                .await(
                        both.jane(),
                        "connectionStateChanged",
                        event -> event.value().asText().equals("connected"));
        both.hears(ConnectionStateChanged.class, TokensInterop::isConnected);
    }

    private static boolean isConnected(ConversationsEvent event) {
        return event instanceof ConnectionStateChanged changed && changed.state() == ConnectionState.CONNECTED;
    }
}
