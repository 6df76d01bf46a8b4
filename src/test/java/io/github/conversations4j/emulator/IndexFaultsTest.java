package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Indexes that no message gets. */
class IndexFaultsTest {
    private final ConversationsEmulator twilio = ConversationsEmulator.start();

    @AfterEach
    void end() {
        twilio.close();
    }

    @Test
    void a_gap_comes_after_the_next_message_of_the_conversation_even_if_a_gate_looks_at_it_first() {
        String sid = twilio.user("bob").in("general").conversationSid();
        twilio.faults().indexes().in(sid).next(1).skip(3).indexes().in("CH1").skip(9);

        assertThat(indexesOf("general", 4)).containsExactly("0", "4", "5", "6");
        assertThat(twilio.faults().reports()).extracting(Faults.Report::struck).containsExactly(1L, 0L);
    }

    @Test
    void a_share_of_messages_is_followed_by_gaps_the_same_with_the_same_seed() {
        twilio.faults().seed(5).indexes().share(0.3).skip(1);
        List<String> once = indexesOf("general", 50);
        twilio.faults().seed(5).indexes().share(0.3).skip(1);

        assertThat(indexesOf("other", 50)).isEqualTo(once).startsWith("0").doesNotHaveDuplicates();
        assertThat(Integer.parseInt(once.get(49))).isBetween(49 + 5, 49 + 25);
    }

    @Test
    void no_gap_is_no_fault() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> twilio.faults().indexes().skip(0))
                .withMessageContaining("numbers");
    }

    private List<String> indexesOf(String conversation, int messages) {
        SimulatedParticipant bob = twilio.user("bob").in(conversation);
        for (int i = 0; i < messages; i++) {
            bob.says("x");
        }
        return twilio.webhookLog().stream()
                .filter(delivery -> delivery.event().equals("onMessageAdded")
                        && bob.conversationSid().equals(delivery.conversationSid()))
                .map(delivery -> delivery.parameters().get("Index"))
                .toList();
    }
}
