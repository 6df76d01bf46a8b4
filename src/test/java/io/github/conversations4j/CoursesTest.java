package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.Courses.Mark;
import io.github.conversations4j.tests.SampleEvents;
import org.junit.jupiter.api.Test;

class CoursesTest {
    private final Courses courses = new Courses(2);

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

        assertThat(courses.sentSince(SampleEvents.conversation(1), mark)).isEqualTo(2);
        assertThat(courses.sentSince(SampleEvents.conversation(2), mark)).isZero();
    }
}
