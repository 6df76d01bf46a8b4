package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.Courses.Mark;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.tests.SampleEvents;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoursesTest {
    private final Courses courses = new Courses(2);

    private static Participant reader(String identity, Integer index) {
        return Participant.builder(SampleEvents.sid("MB", identity.hashCode()), SampleEvents.conversation(1))
                .identity(identity)
                .lastReadMessageIndex(index)
                .build();
    }

    @Test
    void what_was_stored_and_sent_is_counted_from_a_mark_on() {
        courses.leave(SampleEvents.conversation(1));
        courses.store(SampleEvents.message(1, 7));
        courses.store(SampleEvents.message(1, 5));

        Mark mark = courses.leave(SampleEvents.conversation(1));
        courses.leave(SampleEvents.conversation(1));
        courses.leave(SampleEvents.conversation(2));

        assertThat(mark).isEqualTo(new Mark(7, 1));
        assertThat(courses.sentSince(SampleEvents.conversation(1), mark)).isEqualTo(2);
    }

    @Test
    void the_conversation_that_nothing_was_sent_to_for_longest_is_forgotten() {
        Mark mark = courses.leave(SampleEvents.conversation(1));
        courses.leave(SampleEvents.conversation(2));
        courses.leave(SampleEvents.conversation(1));
        courses.leave(SampleEvents.conversation(3));

        assertThat(courses.has(SampleEvents.conversation(2))).isFalse();
        assertThat(courses.sentSince(SampleEvents.conversation(1), mark)).isEqualTo(2);
        assertThat(courses.sentSince(SampleEvents.conversation(2), mark)).isZero();
    }

    @Test
    void an_author_alone_reads_nothing() {
        courses.leave(SampleEvents.conversation(1));
        courses.read(reader("alice", 9));
        assertThat(courses.isRead(SampleEvents.message(1, 3))).isFalse();

        courses.read(reader("bob", 2));
        assertThat(courses.isRead(SampleEvents.message(1, 3))).isFalse();
        courses.read(reader("bob", 3));
        assertThat(courses.isRead(SampleEvents.message(1, 3))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_message_is_read_if_somebody_else_was_ever_so_far(long seed) {
        Random random = new Random(seed);
        courses.leave(SampleEvents.conversation(1));
        List<Participant> told = IntStream.range(0, 20)
                .mapToObj(number ->
                        reader(List.of("alice", "bob", "carol", "dan").get(random.nextInt(4)), random.nextInt(10)))
                .toList();
        told.forEach(courses::read);

        for (int index = 0; index < 10; index++) {
            Message message = SampleEvents.message(1, index);
            assertThat(courses.isRead(message))
                    .as("message %s of alice, seed %s", index, seed)
                    .isEqualTo(told.stream()
                            .filter(reader -> !"alice".equals(reader.identity()))
                            .anyMatch(reader -> reader.lastReadMessageIndex() >= message.index()));
        }
    }
}
