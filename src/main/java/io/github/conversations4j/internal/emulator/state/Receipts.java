package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.model.DeliveryStatus;
import io.github.conversations4j.model.DeliverySummary;
import io.github.conversations4j.model.DeliverySummary.Share;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How far messages got to recipients who are no chat users: commands and queries. A receipt goes from sent over delivered
 * to read, or ends in failed or undelivered; a report that does not go forwards changes nothing. Thread-safe.
 */
public final class Receipts {
    private final ServiceState state;

    Receipts(ServiceState state) {
        this.state = state;
    }

    /**
     * A report of a messaging channel about a message.
     *
     * @param conversation SID or unique name
     * @param messageSid the message
     * @param participantSid the recipient
     * @param status how far it got
     * @param errorCode why it failed, 0 if it did not
     */
    public record Report(
            String conversation, String messageSid, String participantSid, DeliveryStatus status, int errorCode) {}

    /**
     * Takes a report.
     *
     * @param cause who acts
     * @param report the report
     * @return the receipt as it is now
     * @throws TwilioFault if message or participant are not there
     * @throws IllegalArgumentException if the participant is a chat user, who has no receipts
     */
    public StoredReceipt report(Cause cause, Report report) {
        return state.commit(() -> {
            Room room = state.room(report.conversation);
            StoredMessage message = room.message(report.messageSid);
            StoredParticipant recipient = room.participant(report.participantSid);
            if (!recipient.nonChat()) {
                throw new IllegalArgumentException(
                        "participantSid: must be somebody at a messaging channel, was " + recipient.sid());
            }
            Shelf<StoredReceipt> shelf = room.receipts.computeIfAbsent(message.sid(), sid -> new Shelf<>());
            StoredReceipt before = shelf.find(recipient.sid());
            if (before != null && !forwards(before.status(), report.status)) {
                return before;
            }
            StoredReceipt after = next(before, report, recipient);
            if (before == null) {
                shelf.add(recipient.sid(), after);
            } else {
                shelf.replace(recipient.sid(), after);
            }
            StoredMessage summed = message.with(edit -> edit.delivery = summary(room, message, shelf.all()));
            room.messages.replace(summed.sid(), summed);
            state.record(cause, room, stamp -> new Change.OfReceipt(stamp, room.conversation, summed, before, after));
            return after;
        });
    }

    /**
     * Finds a receipt.
     *
     * @param conversation SID or unique name
     * @param messageSid the message
     * @param sid the receipt
     * @return the receipt
     * @throws TwilioFault if it is not there
     */
    public StoredReceipt get(String conversation, String messageSid, String sid) {
        return state.read(() -> {
            Room room = state.room(conversation);
            room.message(messageSid);
            return receipts(room, messageSid).all().stream()
                    .filter(receipt -> receipt.sid().equals(sid))
                    .findFirst()
                    .orElseThrow(() -> room.noReceipt(messageSid, sid));
        });
    }

    /**
     * Lists the receipts of a message.
     *
     * @param conversation SID or unique name
     * @param messageSid the message
     * @param at which page
     * @return the page
     * @throws TwilioFault if the message is not there
     */
    public ShelfPage<StoredReceipt> list(String conversation, String messageSid, PageAt at) {
        return state.read(() -> {
            Room room = state.room(conversation);
            room.message(messageSid);
            return receipts(room, messageSid).page(at, receipt -> true);
        });
    }

    private static Shelf<StoredReceipt> receipts(Room room, String messageSid) {
        Shelf<StoredReceipt> found = room.receipts.get(messageSid);
        return found == null ? new Shelf<>() : found;
    }

    private StoredReceipt next(@Nullable StoredReceipt before, Report report, StoredParticipant recipient) {
        Instant now = state.world.now();
        return new StoredReceipt(
                before == null ? state.world.sids().next("DY") : before.sid(),
                recipient.conversationSid(),
                report.messageSid,
                before == null ? state.world.sids().next("SM") : before.channelMessageSid(),
                recipient.sid(),
                report.status,
                report.errorCode,
                before == null ? now : before.dateCreated(),
                now);
    }

    private static boolean forwards(DeliveryStatus from, DeliveryStatus to) {
        return !failed(from) && from != DeliveryStatus.READ && (failed(to) || to.ordinal() > from.ordinal());
    }

    private static boolean failed(DeliveryStatus status) {
        return status == DeliveryStatus.FAILED || status == DeliveryStatus.UNDELIVERED;
    }

    /** Who has read a message has also been delivered it, and who was delivered it was sent it. */
    private static DeliverySummary summary(Room room, StoredMessage message, List<StoredReceipt> receipts) {
        StoredParticipant author = room.author(message.author());
        int recipients = room.nonChatParticipants - (author != null && author.nonChat() ? 1 : 0);
        int total = Math.max(recipients, receipts.size());
        return new DeliverySummary(
                total,
                share(total, receipts, status -> status != DeliveryStatus.FAILED),
                share(total, receipts, status -> status == DeliveryStatus.DELIVERED || status == DeliveryStatus.READ),
                share(total, receipts, status -> status == DeliveryStatus.READ),
                share(total, receipts, status -> status == DeliveryStatus.FAILED),
                share(total, receipts, status -> status == DeliveryStatus.UNDELIVERED));
    }

    private static Share share(int total, List<StoredReceipt> receipts, Predicate<DeliveryStatus> counted) {
        long count = receipts.stream()
                .filter(receipt -> counted.test(receipt.status()))
                .count();
        return count == 0 ? Share.NONE : count < total ? Share.SOME : Share.ALL;
    }
}
