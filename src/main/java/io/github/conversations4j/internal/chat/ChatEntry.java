package io.github.conversations4j.internal.chat;

import io.github.conversations4j.ChatRow;
import io.github.conversations4j.event.ConversationStateUpdated;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.event.TypingEnded;
import io.github.conversations4j.event.TypingStarted;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationSnapshot.MyConversation;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.Unread;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One conversation of a chat list that is followed. Confined to the mailbox of its list.
 *
 * <p>Events may be applied that happened before it was read: applying one again changes nothing that counts.
 */
final class ChatEntry {
    private final String identity;
    private ConversationSnapshot conversation;
    private Roster roster;
    private Unread unread;
    private @Nullable Message last;
    private @Nullable Instant activity;
    private final Map<String, Participant> typing = new LinkedHashMap<>(2);

    /** What was removed while the last message is being asked for, which the answer may still show; null at other times. */
    private @Nullable Set<String> removedMeanwhile;

    /** How often the number of unread messages may have changed. */
    private int countVersion;

    ChatEntry(String identity, RawChat read) {
        this.identity = identity;
        this.conversation = read.conversation();
        this.roster = read.roster();
        this.unread = read.unread();
        this.last = read.last();
        this.activity = activity(last);
    }

    /** What is to be asked after an event. */
    enum Ask {
        NOTHING,
        /** How many messages are unread. */
        COUNT,
        /** Which message is the last, and how many are unread. */
        LAST
    }

    String sid() {
        return conversation.sid();
    }

    Ask apply(ConversationsEvent event) {
        roster = roster.after(event);
        if (event instanceof MessageAdded added) {
            return added(added.message());
        } else if (event instanceof MessageUpdated updated) {
            Message held = last;
            if (held != null && held.sid().equals(updated.message().sid())) {
                last = updated.message();
            }
        } else if (event instanceof MessageRemoved removed) {
            return removed(removed.message().sid());
        } else if (event instanceof ParticipantUpdated updated) {
            return updated(updated.participant());
        } else if (event instanceof ParticipantLeft left) {
            typing.remove(left.participant().sid());
        } else if (event instanceof ConversationUpdated updated) {
            return updated(updated.conversation());
        } else if (event instanceof ConversationStateUpdated updated) {
            conversation = conversation.toBuilder().state(updated.to()).build();
        } else if (event instanceof TypingStarted started) {
            typing.put(started.participant().sid(), started.participant());
        } else if (event instanceof TypingEnded ended) {
            typing.remove(ended.participant().sid());
        }
        return Ask.NOTHING;
    }

    private Ask added(Message message) {
        Message held = last;
        if (held != null && message.index() <= held.index()) {
            // Late, or read with the page: only Twilio knows whether it was counted before.
            return recount();
        }
        last = message;
        activity = activity(message);
        if (!identity.equals(message.author())) {
            unread = Counting.oneMore(unread);
        }
        return recount();
    }

    private Ask removed(String sid) {
        if (removedMeanwhile != null) {
            removedMeanwhile.add(sid);
        }
        Message held = last;
        if (held == null || !held.sid().equals(sid)) {
            return recount();
        }
        last = null;
        countVersion++;
        if (removedMeanwhile == null) {
            removedMeanwhile = new HashSet<>(Set.of(sid));
        }
        return Ask.LAST;
    }

    private Ask updated(Participant participant) {
        if (!identity.equals(participant.identity())) {
            return Ask.NOTHING;
        }
        // A source that does not tell the horizon cannot be told from a horizon that was taken away.
        return participant.lastReadMessageIndex() == null ? count() : horizon(participant.lastReadMessageIndex());
    }

    private Ask horizon(@Nullable Integer index) {
        MyConversation mine = mine();
        if (Objects.equals(mine.lastReadMessageIndex(), index)) {
            return Ask.NOTHING;
        }
        mine(new MyConversation(true, mine.notificationLevel(), index));
        return recount();
    }

    private Ask updated(ConversationSnapshot now) {
        MyConversation before = mine();
        ConversationState state = now.state() == ConversationState.UNKNOWN ? conversation.state() : now.state();
        Instant created = now.dateCreated() == null ? conversation.dateCreated() : now.dateCreated();
        conversation =
                now.toBuilder().state(state).dateCreated(created).mine(before).build();
        MyConversation told = now.mine();
        if (told == null) {
            return Ask.NOTHING;
        }
        mine(new MyConversation(
                true,
                told.notificationLevel() == null ? before.notificationLevel() : told.notificationLevel(),
                before.lastReadMessageIndex()));
        return horizon(told.lastReadMessageIndex());
    }

    /** Says what is unread where that follows from the horizon, and asks where it does not. */
    private Ask recount() {
        Message held = last;
        boolean lastIsKnown = held != null || removedMeanwhile == null;
        Unread told = Counting.told(mine(), held == null ? null : Integer.valueOf(held.index()));
        if (told != null && (lastIsKnown || told instanceof Unread.NeverRead)) {
            countVersion++;
            unread = told;
            return Ask.NOTHING;
        }
        return count();
    }

    private Ask count() {
        countVersion++;
        return Ask.COUNT;
    }

    // ---- answers

    int countVersion() {
        return countVersion;
    }

    /** Takes what Twilio counted, unless something has happened since it was asked. */
    boolean counted(Unread now, @Nullable MyConversation told, int version) {
        if (version != countVersion) {
            return false;
        }
        unread = now;
        if (told != null) {
            MyConversation mine = mine();
            mine(new MyConversation(
                    true,
                    told.notificationLevel() == null ? mine.notificationLevel() : told.notificationLevel(),
                    told.lastReadMessageIndex()));
        }
        return true;
    }

    /** Takes the last message that was asked for, unless it has gone meanwhile too. */
    boolean found(@Nullable Message message) {
        Set<String> removed = removedMeanwhile;
        if (message != null && removed != null && removed.contains(message.sid())) {
            return false;
        }
        removedMeanwhile = null;
        Message held = last;
        if (held == null || message != null && message.index() > held.index()) {
            last = message;
            activity = activity(message);
        }
        return true;
    }

    /** How many of the rest are unread was asked before, so it is asked anew. */
    Ask askAfterFinding() {
        return recount();
    }

    private @Nullable Instant activity(@Nullable Message message) {
        Instant written = message == null ? null : message.dateCreated();
        return written == null ? conversation.dateCreated() : written;
    }

    private MyConversation mine() {
        MyConversation mine = conversation.mine();
        return mine == null ? new MyConversation(true, null, null) : mine;
    }

    private void mine(MyConversation mine) {
        conversation = conversation.toBuilder().mine(mine).build();
    }

    // ---- showing

    /** Whether the user was put out by the leaving of this participant. */
    boolean isOwn(Participant participant) {
        return identity.equals(participant.identity()) && roster.withIdentity(identity) == null;
    }

    /** Whose profiles its row shows. */
    Set<String> people(int most) {
        Set<String> people = new RawChat(conversation, unread, roster, last).people(identity, most);
        typing.values().stream().map(People::id).forEach(people::add);
        return people;
    }

    ChatRow row(People people, int most) {
        List<Participant> others = roster.others(identity);
        NotificationLevel level = mine().notificationLevel();
        return new ChatRow(
                sid(),
                conversation.friendlyName(),
                conversation.uniqueName(),
                conversation.state(),
                conversation.attributes(),
                others.stream().limit(most).map(people::show).toList(),
                others.size(),
                last == null ? null : people.show(last),
                others.stream()
                        .map(Participant::lastReadMessageIndex)
                        .filter(Objects::nonNull)
                        .max(Integer::compare)
                        .orElse(null),
                unread,
                level == null ? NotificationLevel.DEFAULT : level,
                activity,
                typing.values().stream().map(people::show).toList());
    }
}
