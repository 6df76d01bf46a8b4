package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.conversations4j.PendingMessage.State;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedPhone;
import io.github.conversations4j.error.DeliveryFailedException;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How far a message comes that goes to phones, on both kinds of client. */
@ParameterizedClass
@EnumSource
class SentStatesTest {
    enum Kind {
        BACKEND,
        PARTICIPANT
    }

    private static final Duration PATIENCE = Duration.ofSeconds(Patience.SECONDS);
    private static final String TWILIO = "+15559999";
    private static final String WHATSAPP = "+15550001";
    private static final String SMS = "+15550002";

    @Parameter
    Kind kind;

    private final BlockingQueue<State> states = new LinkedBlockingQueue<>();
    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private ConversationsClient backend;
    private ConversationsClient client;
    private Conversation chat;

    @BeforeEach
    void start() {
        backend = ConversationsClient.start(twilio.backendOptions().build());
        backend.ready().await();
        chat = backend.createConversation(NewConversation.builder().build()).await();
        twilio.user("alice").in(chat.sid()).joins();
        client = kind == Kind.BACKEND
                ? backend
                : ConversationsClient.start(twilio.participantOptions("alice").build());
        client.ready().await();
    }

    @AfterEach
    void stop() {
        client.close();
        backend.close();
        twilio.close();
    }

    private SimulatedPhone whatsApp() {
        chat.participants()
                .addAddress("whatsapp:" + WHATSAPP, "whatsapp:" + TWILIO)
                .await();
        return twilio.whatsApp(WHATSAPP);
    }

    private SimulatedPhone sms() {
        chat.participants().addAddress(SMS, TWILIO).await();
        return twilio.phone(SMS);
    }

    private PendingMessage send() {
        Conversation mine =
                kind == Kind.BACKEND ? client.as("alice").conversation(chat.sid()) : client.conversation(chat.sid());
        PendingMessage pending = mine.sendMessage("hello");
        pending.onStateChanged(states::add);
        pending.await();
        return pending;
    }

    /** The states up to one, without the first, which may be over before anybody looks. */
    private List<State> statesUpTo(State last) throws InterruptedException {
        List<State> all = new ArrayList<>();
        State next;
        do {
            next = states.poll(Patience.SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("what comes after %s", all).isNotNull();
            if (next != State.PENDING) {
                all.add(next);
            }
        } while (next != last);
        return all;
    }

    @Test
    void one_phone_gets_it_and_reads_it() throws InterruptedException {
        SimulatedPhone phone = whatsApp().switchesOff();
        PendingMessage pending = send();
        assertThat(pending.state()).isEqualTo(State.SENT);

        phone.switchesOn();
        assertThat(pending.reached(State.DELIVERED).await(PATIENCE)).isSameAs(pending);
        assertThat(pending.state()).isEqualTo(State.DELIVERED);
        phone.reads();
        pending.reached(State.READ).await(PATIENCE);

        assertThat(statesUpTo(State.READ)).containsExactly(State.SENT, State.DELIVERED, State.READ);
    }

    @Test
    void no_phone_can_be_reached() throws InterruptedException {
        whatsApp().isUnreachable(63_024);
        sms().isUnreachable(30_003);

        PendingMessage pending = send();

        assertThat(statesUpTo(State.FAILED)).containsExactly(State.SENT, State.FAILED);
        assertThat(pending.failure()).get().isInstanceOf(DeliveryFailedException.class);
        assertThatExceptionOfType(DeliveryFailedException.class)
                .isThrownBy(() -> pending.reached(State.DELIVERED).await(PATIENCE));
        assertThat(pending.await())
                .as("what was stored")
                .extracting(Message::body)
                .isEqualTo("hello");
        assertThatIllegalStateException().isThrownBy(pending::resend).withMessageContaining("FAILED and stored");
    }

    @Test
    void one_of_two_phones_can_not_be_reached() throws InterruptedException {
        SimulatedPhone works = whatsApp().switchesOff();
        sms().isUnreachable(30_003);
        PendingMessage pending = send();

        works.switchesOn();
        pending.reached(State.DELIVERED).await(PATIENCE);

        assertThat(statesUpTo(State.DELIVERED)).containsExactly(State.SENT, State.DELIVERED);
    }
}
