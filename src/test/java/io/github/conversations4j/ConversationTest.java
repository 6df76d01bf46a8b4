package io.github.conversations4j;

import static io.github.conversations4j.ClientFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.conversations4j.tests.FakeSource;
import io.github.conversations4j.tests.SampleEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The handle itself; what can be done with it has tests of its own. */
class ConversationTest {
    private final FakeSource source = FakeSource.ofMessages();
    private final ClientFixture fixture = new ClientFixture();
    private final ConversationsClient client =
            ConversationsClient.start(fixture.onTheSpot(source).build());

    @AfterEach
    void close() {
        assertThat(client.close(LONG)).isTrue();
    }

    @Test
    void handles_are_equal_by_sid_whoever_made_them() {
        ConversationsClient other = ConversationsClient.start(
                fixture.options().hookExecutor(Runnable::run).build());
        Conversation one = client.conversation(SampleEvents.conversation(1));
        assertThat(one)
                .isEqualTo(client.conversation(SampleEvents.conversation(1)))
                .isEqualTo(client.conversation(SampleEvents.messageAdded(1, 0)))
                .isEqualTo(other.conversation(SampleEvents.conversation(1)))
                .hasSameHashCodeAs(client.conversation(SampleEvents.conversation(1)))
                .isNotEqualTo(client.conversation(SampleEvents.conversation(2)))
                .isNotEqualTo(SampleEvents.conversation(1))
                .hasToString(SampleEvents.conversation(1));
        assertThat(Set.of(one)).contains(other.conversation(SampleEvents.conversation(1)));
        other.close();
    }

    @Test
    void its_hooks_see_it_alone_and_live_on_without_the_handle() {
        List<Integer> seen = new ArrayList<>();
        client.conversation(SampleEvents.conversation(1))
                .onMessageAdded(event -> seen.add(event.message().index()));
        source.message(2, 5);
        source.message(1, 6);
        assertThat(seen).containsExactly(6);
        assertThat(client.activeHooks()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "general",
                "CH123",
                "IM00000000000000000000000000000001",
                "CH0000000000000000000000000000000g",
                "ch00000000000000000000000000000001",
                "CH000000000000000000000000000000011",
                "CH00000000000000000000000000000001\n"
            })
    void what_is_no_sid_is_refused_before_any_call(String sid) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.conversation(sid))
                .withMessageStartingWith("conversation SID: must ");
    }

    @Test
    @SuppressWarnings("NullAway")
    void null_is_refused_by_name() {
        assertThatNullPointerException()
                .isThrownBy(() -> client.conversation((String) null))
                .withMessage("conversation SID: must not be null");
    }
}
