package io.github.conversations4j;

import io.github.conversations4j.Courses.Mark;
import io.github.conversations4j.PendingMessage.State;
import io.github.conversations4j.error.DeliveryFailedException;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.DeliveryStatus;
import io.github.conversations4j.model.DeliverySummary;
import io.github.conversations4j.model.DeliverySummary.Share;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages that were stored and not read yet, as far as anybody tells: moves them on by receipts and read horizons, also
 * by those that were told before it was known that the message is stored. Holds a bounded number; beyond it the oldest are no
 * longer followed. Thread-safe. Its lock may be held when that of a message is taken, never the other way round.
 */
final class SentMessages {
    private static final int MOST_CONVERSATIONS = 10_000;
    private static final int MOST_EARLY = 1000;

    private final int capacity;
    private final Consumer<PendingMessage> failedReceipt;

    // Guarded by this; by message SID in the order of sending, and by conversation and index.
    private final Map<String, PendingMessage> bySid = new LinkedHashMap<>();
    private final Map<String, TreeMap<Integer, PendingMessage>> byIndex = new HashMap<>();
    private final Courses courses = new Courses(MOST_CONVERSATIONS);
    /** By message SID, the receipts of messages that are not known yet, or never will be. */
    private final Map<String, DeliveryStatus> early = new LinkedHashMap<>();

    /**
     * Follows nothing yet.
     *
     * @param capacity how many messages are followed; 0 where nobody tells anything about them
     * @param failedReceipt is told that a receipt of one recipient says failed, which may not hold for all of them
     */
    SentMessages(int capacity, Consumer<PendingMessage> failedReceipt) {
        this.capacity = capacity;
        this.failedReceipt = failedReceipt;
    }

    /** A message is about to leave. Tells how far its conversation is. */
    synchronized Mark leave(String conversationSid) {
        return courses.leave(conversationSid);
    }

    synchronized long sentSince(String conversationSid, Mark mark) {
        return courses.sentSince(conversationSid, mark);
    }

    /**
     * Twilio has a message, which may not be news.
     *
     * @param later runs what may call others, when no lock is held
     */
    void found(PendingMessage pending, Message message, Consumer<Runnable> later) {
        DeliveryStatus known;
        boolean isRead;
        synchronized (this) {
            if (!pending.foundAs(message)) {
                return;
            }
            courses.store(message);
            follow(pending, message);
            known = early.remove(message.sid());
            isRead = courses.isRead(message);
        }
        later.accept(pending::settle);
        summary(pending, message.delivery(), later);
        if (known != null) {
            receipt(pending, known, later);
        }
        if (isRead) {
            read(pending, later);
        }
    }

    private void follow(PendingMessage pending, Message message) {
        if (capacity == 0) {
            return;
        }
        if (bySid.put(message.sid(), pending) == null && bySid.size() > capacity) {
            forget(bySid.values().iterator().next());
        }
        byIndex.computeIfAbsent(message.conversationSid(), sid -> new TreeMap<>())
                .put(message.index(), pending);
    }

    private synchronized void forget(PendingMessage pending) {
        Message message = Objects.requireNonNull(pending.stored());
        bySid.remove(message.sid());
        TreeMap<Integer, PendingMessage> conversation = byIndex.get(message.conversationSid());
        if (conversation != null) {
            conversation.remove(message.index());
            if (conversation.isEmpty()) {
                byIndex.remove(message.conversationSid());
            }
        }
    }

    /**
     * Takes what an event tells.
     *
     * @param later runs what may call others, when no lock is held
     */
    void observe(ConversationsEvent event, Consumer<Runnable> later) {
        if (event instanceof DeliveryUpdated updated) {
            receipt(updated.receipt(), later);
        } else if (event instanceof MessageUpdated updated) {
            summary(find(updated.message().sid()), updated.message().delivery(), later);
        } else if (event instanceof ParticipantUpdated updated) {
            horizon(updated.participant(), later);
        }
    }

    private void receipt(DeliveryReceipt receipt, Consumer<Runnable> later) {
        PendingMessage pending;
        synchronized (this) {
            pending = bySid.get(receipt.messageSid());
            if (pending == null) {
                keep(receipt);
            }
        }
        if (pending != null) {
            receipt(pending, receipt.status(), later);
        }
    }

    private void keep(DeliveryReceipt receipt) {
        if (courses.has(receipt.conversationSid())) {
            early.merge(receipt.messageSid(), receipt.status(), SentMessages::further);
            if (early.size() > MOST_EARLY) {
                early.remove(early.keySet().iterator().next());
            }
        }
    }

    private static DeliveryStatus further(DeliveryStatus one, DeliveryStatus other) {
        return one == DeliveryStatus.READ || other != DeliveryStatus.READ && one == DeliveryStatus.DELIVERED
                ? one
                : other;
    }

    private void receipt(PendingMessage pending, DeliveryStatus status, Consumer<Runnable> later) {
        switch (status) {
            case DELIVERED -> arrived(pending, State.DELIVERED, later);
            case READ -> read(pending, later);
            case FAILED, UNDELIVERED -> later.accept(() -> failedReceipt.accept(pending));
            default -> {}
        }
    }

    /** Moves a message by what is known of all its recipients who are no chat users. */
    void summary(@Nullable PendingMessage pending, @Nullable DeliverySummary delivery, Consumer<Runnable> later) {
        if (pending == null || delivery == null) {
            return;
        }
        if (delivery.read() != Share.NONE) {
            read(pending, later);
        } else if (delivery.delivered() != Share.NONE) {
            arrived(pending, State.DELIVERED, later);
        } else if (delivery.failed() == Share.ALL || delivery.undelivered() == Share.ALL) {
            pending.undeliverable(new DeliveryFailedException(
                    Objects.requireNonNull(pending.stored()).sid()));
            later.accept(pending::settle);
        }
    }

    private void horizon(Participant reader, Consumer<Runnable> later) {
        Integer readUpTo = reader.lastReadMessageIndex();
        if (readUpTo == null) {
            return;
        }
        List<PendingMessage> passed;
        synchronized (this) {
            courses.read(reader);
            TreeMap<Integer, PendingMessage> conversation = byIndex.get(reader.conversationSid());
            passed = conversation == null
                    ? List.of()
                    : new ArrayList<>(conversation.headMap(readUpTo, true).values());
        }
        passed.stream()
                .filter(pending -> !Courses.isAuthor(reader, Objects.requireNonNull(pending.stored())))
                .forEach(pending -> read(pending, later));
    }

    private void read(PendingMessage pending, Consumer<Runnable> later) {
        arrived(pending, State.READ, later);
        forget(pending);
    }

    private static void arrived(PendingMessage pending, State at, Consumer<Runnable> later) {
        pending.arrived(at);
        later.accept(pending::settle);
    }

    private synchronized @Nullable PendingMessage find(String messageSid) {
        return bySid.get(messageSid);
    }
}
