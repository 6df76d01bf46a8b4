package io.github.conversations4j.internal.chat;

import io.github.conversations4j.Scheduler.Cancellable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks Twilio what an event leaves open: how many messages are unread, and which is the last when the last was removed.
 * Confined to the mailbox of its list. Nothing is asked at once that a further event may change: a count waits until there was
 * none for a while.
 */
final class FollowUps {
    private final ChatReader reader;
    private final Mailbox mailbox;
    private final Surroundings surroundings;
    private final Duration pause;
    private final Owner owner;

    /** What waits to be asked. */
    private final Map<Question, Cancellable> waiting = new HashMap<>();

    /**
     * One question about one conversation, which is asked once however often it comes up meanwhile.
     *
     * @param ask null if all of it is to be read
     */
    private record Question(String sid, ChatEntry.@Nullable Ask ask) {}

    /** Whoever keeps the entries. */
    interface Owner {
        /** Whether this is still the entry of its conversation. */
        boolean keeps(ChatEntry entry);

        /** The entry has changed. */
        void show(ChatEntry entry);

        /** The user did not take part when it was asked; whether they do now, events may tell in another order. */
        void lookAgain(String sid);
    }

    FollowUps(ChatReader reader, Mailbox mailbox, Surroundings surroundings, Duration pause, Owner owner) {
        this.reader = reader;
        this.mailbox = mailbox;
        this.surroundings = surroundings;
        this.pause = pause;
        this.owner = owner;
    }

    void ask(ChatEntry entry, ChatEntry.Ask ask) {
        if (ask == ChatEntry.Ask.COUNT) {
            later(entry, ask, () -> count(entry));
        } else if (ask == ChatEntry.Ask.LAST) {
            findLast(entry);
        }
    }

    private void later(ChatEntry entry, ChatEntry.Ask ask, Runnable question) {
        later(new Question(entry.sid(), ask), pause, () -> {
            if (owner.keeps(entry)) {
                question.run();
            }
        });
    }

    /** Reads a whole conversation later, unless it is cancelled before. */
    void readLater(String sid, Duration delay, Runnable reading) {
        later(new Question(sid, null), delay, reading);
    }

    private void later(Question question, Duration delay, Runnable asking) {
        Cancellable before =
                waiting.put(question, surroundings.scheduler().schedule(() -> mailbox.post(asking), delay));
        if (before != null) {
            before.cancel();
        }
    }

    /** Asks no more about a conversation. */
    void cancel(String sid) {
        waiting.entrySet().removeIf(one -> {
            boolean about = one.getKey().sid().equals(sid);
            if (about) {
                one.getValue().cancel();
            }
            return about;
        });
    }

    void cancelAll() {
        waiting.values().forEach(Cancellable::cancel);
        waiting.clear();
    }

    private void count(ChatEntry entry) {
        int version = entry.countVersion();
        reader.own(entry.sid())
                .whenComplete((own, failure) -> mailbox.post(() -> {
                    if (!owner.keeps(entry)) {
                        return;
                    }
                    if (own == null) {
                        failed(entry, "count the unread messages of ", failure);
                    } else if (entry.counted(own.unread(), own.conversation().mine(), version)) {
                        // Otherwise something has happened that has asked for another count already.
                        owner.show(entry);
                    }
                }));
    }

    private void findLast(ChatEntry entry) {
        reader.lastMessage(entry.sid())
                .whenComplete((window, failure) -> mailbox.post(() -> {
                    if (!owner.keeps(entry)) {
                        return;
                    }
                    if (window == null) {
                        failed(entry, "read the last message of ", failure);
                    } else if (entry.found(window.last())) {
                        ask(entry, entry.askAfterFinding());
                        owner.show(entry);
                    } else {
                        later(entry, ChatEntry.Ask.LAST, () -> findLast(entry));
                    }
                }));
    }

    private void failed(ChatEntry entry, String what, @Nullable Throwable failure) {
        if (failure != null && reader.isGone(failure)) {
            owner.lookAgain(entry.sid());
        } else {
            Throwable cause = failure == null ? new IllegalStateException("no answer") : failure;
            surroundings.report().accept("could not " + what + entry.sid() + " in a chat list", cause);
        }
    }
}
