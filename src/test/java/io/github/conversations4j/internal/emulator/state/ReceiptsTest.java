package io.github.conversations4j.internal.emulator.state;

import static io.github.conversations4j.internal.emulator.state.StateBench.GENERAL;
import static io.github.conversations4j.internal.emulator.state.StateBench.REST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.model.DeliveryStatus;
import io.github.conversations4j.model.DeliverySummary;
import io.github.conversations4j.model.DeliverySummary.Share;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
    private final StateBench bench = new StateBench();
    private final StoredParticipant one = phone("+15550001");
    private final StoredParticipant two = phone("+15550002");
    private final StoredMessage message = bench.say("hi");

    private StoredParticipant phone(String address) {
        return bench.service
                .participants()
                .add(REST, GENERAL, new ParticipantDraft().address(address).proxyAddress("+15559999"));
    }

    private StoredReceipt report(StoredParticipant recipient, DeliveryStatus status, int error) {
        return bench.service
                .receipts()
                .report(
                        Cause.channel("sms", "+15550001"),
                        new Receipts.Report(GENERAL, message.sid(), recipient.sid(), status, error));
    }

    private DeliverySummary summary() {
        return bench.service.messages().get(GENERAL, message.sid()).delivery();
    }

    @Test
    void goForwardsOnly() {
        StoredReceipt sent = report(one, DeliveryStatus.SENT, 0);
        StoredReceipt read = report(one, DeliveryStatus.READ, 0);
        assertThat(read.sid()).isEqualTo(sent.sid());
        assertThat(read.channelMessageSid()).isEqualTo(sent.channelMessageSid()).startsWith("SM");
        int told = bench.changes(Change.OfReceipt.class).size();
        assertThat(report(one, DeliveryStatus.DELIVERED, 0)).isEqualTo(read);
        assertThat(bench.changes(Change.OfReceipt.class)).hasSize(told).hasSize(2);
    }

    @Test
    void areSummedUpInTheMessage() {
        assertThat(summary()).isNull();
        report(one, DeliveryStatus.DELIVERED, 0);
        assertThat(summary())
                .isEqualTo(new DeliverySummary(2, Share.SOME, Share.SOME, Share.NONE, Share.NONE, Share.NONE));
        report(two, DeliveryStatus.SENT, 0);
        report(two, DeliveryStatus.UNDELIVERED, 30003);
        assertThat(summary())
                .isEqualTo(new DeliverySummary(2, Share.ALL, Share.SOME, Share.NONE, Share.NONE, Share.SOME));
        assertThat(bench.changes(Change.OfReceipt.class).get(2).after().errorCode())
                .isEqualTo(30003);
        assertThat(bench.changes(Change.OfReceipt.class).get(2).message().delivery())
                .isEqualTo(summary());
    }

    @Test
    void areNothingForChatUsers() {
        StoredParticipant alice = bench.join("alice");
        assertThatThrownBy(() -> report(alice, DeliveryStatus.READ, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
