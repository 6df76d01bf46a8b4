package io.github.conversations4j.internal.emulator.state;

import static io.github.conversations4j.internal.emulator.state.StateBench.GENERAL;
import static io.github.conversations4j.internal.emulator.state.StateBench.REST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.model.NotificationLevel;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private final StateBench bench = new StateBench();

    private Membership reads(long index) {
        return bench.service.users().attend(REST, "alice", GENERAL, new Reading(index, null), null);
    }

    private Integer unread() {
        return bench.service.users().membership("alice", GENERAL).unread();
    }

    @Test
    void nothingIsKnownUntilTheHorizonIsSet() {
        bench.join("alice");
        bench.say("1");
        assertThat(unread()).isNull();
        assertThat(reads(0).unread()).isZero();
        bench.say("2");
        bench.say("3");
        assertThat(unread()).isEqualTo(2);
    }

    @Test
    void theHorizonMovesBothWaysAndCanBeTakenAway() {
        bench.join("alice");
        bench.say("1");
        bench.say("2");
        reads(1);
        assertThat(reads(0).unread()).isEqualTo(1);
        Membership nothing = bench.service.users().attend(REST, "alice", GENERAL, new Reading(null, null), null);
        assertThat(nothing.unread()).isNull();
        assertThat(nothing.participant().lastReadAt()).isNull();
    }

    @Test
    void removedMessagesAreNotUnread() {
        bench.join("alice");
        bench.say("1");
        StoredMessage second = bench.say("2");
        bench.say("3");
        reads(0);
        bench.service.messages().delete(REST, GENERAL, second.sid());
        assertThat(unread()).isEqualTo(1);
    }

    @Test
    void ownMessagesCountUnlessToldOtherwise() {
        bench.join("alice");
        reads(0);
        bench.say("gone by");
        bench.service.messages().add(Cause.sdk("alice"), GENERAL, MessageDraft.text("mine"));
        assertThat(unread()).isEqualTo(1);

        Behaviour.Edit edit = Behaviour.DEFAULT.edit();
        edit.ownMessagesUnread = false;
        StateBench other = new StateBench(edit.build());
        other.join("alice");
        other.say("gone by");
        other.service.users().attend(REST, "alice", GENERAL, new Reading(0L, null), null);
        other.service.messages().add(Cause.sdk("alice"), GENERAL, MessageDraft.text("mine"));
        assertThat(other.service.users().membership("alice", GENERAL).unread()).isZero();
    }

    @Test
    void countingEndsAtAThousand() {
        bench.join("alice");
        reads(0);
        for (int number = 0; number < 1010; number++) {
            bench.say("x");
        }
        assertThat(unread()).isEqualTo(1000);
    }

    @Test
    void readingMovesNeitherDateNorLevel() {
        StoredParticipant before = bench.join("alice");
        bench.time.advance(java.time.Duration.ofMinutes(1));
        StoredParticipant after = reads(4).participant();
        assertThat(after.dateUpdated()).isEqualTo(before.dateUpdated());
        assertThat(after.lastReadAt()).isEqualTo(bench.time.instant());
        assertThat(after.notificationLevel()).isEqualTo(NotificationLevel.DEFAULT);
        assertThat(bench.service
                        .users()
                        .attend(REST, "alice", GENERAL, null, NotificationLevel.MUTED)
                        .participant()
                        .lastReadIndex())
                .isEqualTo(4);
    }

    @Test
    void onlyMembersRead() {
        bench.service.users().ensure(REST, "alice");
        assertThatThrownBy(() -> reads(0))
                .isInstanceOfSatisfying(
                        TwilioFault.class, fault -> assertThat(fault.status()).isEqualTo(404));
    }

    @Test
    void indexesMaySkipButNeverRepeat() {
        Behaviour.Edit edit = Behaviour.DEFAULT.edit();
        edit.skippedIndexes = 0.5;
        StateBench skipping = new StateBench(edit.build());
        long last = -1;
        for (int number = 0; number < 200; number++) {
            long index = skipping.say("x").index();
            assertThat(index).isGreaterThan(last).isLessThanOrEqualTo(last + 2);
            last = index;
        }
        assertThat(last).isGreaterThan(230);
    }

    @Test
    void removedIndexesAreNotGivenAgain() {
        StoredMessage only = bench.say("x");
        bench.service.messages().delete(REST, GENERAL, only.sid());
        assertThat(bench.say("y").index()).isEqualTo(1);
    }
}
