package io.github.conversations4j.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.conversations4j.event.EventType;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PollOptionsTest {
    static Stream<Arguments> settings() {
        return Stream.of(
                wrong(
                        "messagesEvery: must be at least 100 ms, was PT0S",
                        b -> b.messagesEvery(PollTier.HOT, Duration.ZERO)),
                wrong(
                        "editsEvery: must be at least 100 ms, was PT-1S",
                        b -> b.editsEvery(PollTier.HOT, Duration.ofSeconds(-1))),
                wrong(
                        "participantsEvery: must be at least 100 ms, was PT0.099S",
                        b -> b.participantsEvery(PollTier.COLD, Duration.ofMillis(99))),
                wrong(
                        "conversationsEvery: must be at least 100 ms, was PT0S",
                        b -> b.conversationsEvery(Duration.ZERO)),
                wrong("usersEvery: must be at least 100 ms, was PT0S", b -> b.usersEvery(Duration.ZERO)),
                wrong("observerEvery: must be at least 100 ms, was PT0S", b -> b.observerEvery(Duration.ZERO)),
                wrong("observer: must not be blank", b -> b.observer(" ")),
                wrong("window: must be 1 to 100, was 101", b -> b.window(101)),
                wrong("history: must be 0 to 10000, was -1", b -> b.history(-1)),
                wrong("maxConversations: must be at least 1, was 0", b -> b.maxConversations(0)),
                wrong("maxCallsInFlight: must be at least 1, was 0", b -> b.maxCallsInFlight(0)),
                wrong(
                        "messagesEvery: COLD (PT1S) must not be read more often than WARM (PT30S)",
                        b -> b.messagesEvery(PollTier.COLD, Duration.ofSeconds(1))
                                .build()));
    }

    private static Arguments wrong(String message, Consumer<PollOptions.Builder> setting) {
        return Arguments.of(message, setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void refusesByName(String message, Object setting) {
        @SuppressWarnings("unchecked")
        Consumer<PollOptions.Builder> set = (Consumer<PollOptions.Builder>) setting;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set.accept(PollOptions.builder()))
                .withMessage(message);
    }

    @Test
    void whatIsNotReadCannotBeFired() {
        PollSource whole = EventSources.poll();
        PollSource without = EventSources.poll(
                PollOptions.builder().withoutParticipants().withoutUsers().build());

        assertThat(whole.events()).isEqualTo(SourceKind.POLL.events());
        assertThat(without.events())
                .contains(EventType.MESSAGE_ADDED)
                .doesNotContain(
                        EventType.PARTICIPANT_JOINED,
                        EventType.PARTICIPANT_LEFT,
                        EventType.PARTICIPANT_UPDATED,
                        EventType.USER_ADDED,
                        EventType.USER_UPDATED);
        assertThat(whole.and(without).name()).isEqualTo("poll+poll");
    }
}
