package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationStateUpdated;
import io.github.conversations4j.event.ConversationUpdateReason;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdateReason;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.event.UserAdded;
import io.github.conversations4j.event.UserUpdateReason;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.internal.delivery.ResourceMemory.Known;
import io.github.conversations4j.internal.delivery.ResourceMemory.Step;
import io.github.conversations4j.internal.source.Fields;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.User;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells an event that is new from one that was delivered before, and gives updates their reasons from the former
 * state. What counts is the identity of the event, not of the delivery: something is added once and removed once, and an
 * update is new if it differs from the state delivered last. Nothing is concluded from dates, which callers may set.
 * Thread-safe.
 *
 * <p>Something that is removed is not added afterwards: SIDs are never used twice, so such an event is late. (For
 * conversations, participants and messages of Twilio that is documented by example only.)
 */
final class Admission {
    private final ResourceMemory memory;

    Admission(ResourceMemory memory) {
        this.memory = memory;
    }

    /**
     * Decides about an event.
     *
     * @return the event to deliver, with its reasons; null if it was delivered before
     */
    @Nullable
    Admitted admit(ConversationsEvent event) {
        if (event instanceof MessageAdded added) {
            return added(added, added.message().sid(), added.message(), weight(added.message()));
        } else if (event instanceof MessageUpdated updated) {
            return messageUpdated(updated);
        } else if (event instanceof MessageRemoved removed) {
            return removed(removed, removed.message().sid());
        } else if (event instanceof ParticipantJoined joined) {
            return added(joined, joined.participant().sid(), joined.participant(), weight(joined.participant()));
        } else if (event instanceof ParticipantUpdated updated) {
            return participantUpdated(updated);
        } else if (event instanceof ParticipantLeft left) {
            return removed(left, left.participant().sid());
        } else if (event instanceof ConversationAdded added) {
            return added(added, added.conversationSid(), added.conversation(), weight(added.conversation()));
        } else if (event instanceof ConversationUpdated updated) {
            return conversationUpdated(updated);
        } else if (event instanceof ConversationRemoved removed) {
            return removed(removed, removed.conversationSid());
        } else if (event instanceof UserAdded added) {
            return added(added, keyOf(added.user()), added.user(), weight(added.user()));
        } else if (event instanceof UserUpdated updated) {
            return userUpdated(updated);
        } else if (event instanceof DeliveryUpdated updated) {
            return step(updated, updated.receipt().sid());
        } else if (event instanceof ConversationStateUpdated updated) {
            return step(updated, "state:" + updated.conversationSid());
        }
        return new Admitted(event, null);
    }

    void undo(Admitted admitted) {
        if (admitted.step() != null) {
            memory.undo(admitted.step());
        }
    }

    // A conversation may come and go and come again for a participant's client; for it the source decides.
    private @Nullable Admitted added(ConversationsEvent event, String sid, Object state, int weight) {
        String source = event.meta().source();
        boolean again = event instanceof ConversationAdded && source.equals("realtime");
        Step step = memory.decide(
                sid,
                known -> known != null && !(again && known.removed()) ? null : new Known(state, source, false, weight));
        return step == null ? null : new Admitted(event, step);
    }

    private @Nullable Admitted removed(ConversationsEvent event, String sid) {
        String source = event.meta().source();
        Step step = memory.decide(
                sid, known -> known != null && known.removed() ? null : new Known(sid, source, true, sid.length()));
        return step == null ? null : new Admitted(event, step);
    }

    /** Steps have no state to compare: the same id twice in a row is the same step. */
    private @Nullable Admitted step(ConversationsEvent event, String key) {
        EventMeta meta = event.meta();
        Step step = memory.decide(
                key,
                known -> known != null && known.state().equals(meta.id())
                        ? null
                        : new Known(meta.id(), meta.source(), false, meta.id().length()));
        return step == null ? null : new Admitted(event, step);
    }

    private @Nullable Admitted messageUpdated(MessageUpdated event) {
        Message now = event.message();
        Update<Message, MessageUpdateReason> update =
                new Update<>(now, event.meta().source(), weight(now), Fields.MESSAGE);
        Step step = memory.decide(now.sid(), update);
        if (step == null) {
            return null;
        }
        boolean told = !event.updateReasons().contains(MessageUpdateReason.UNKNOWN) || update.reasons.isEmpty();
        return new Admitted(told ? event : new MessageUpdated(event.meta(), now, update.reasons), step);
    }

    private @Nullable Admitted participantUpdated(ParticipantUpdated event) {
        Participant now = event.participant();
        Update<Participant, ParticipantUpdateReason> update =
                new Update<>(now, event.meta().source(), weight(now), Fields.PARTICIPANT);
        Step step = memory.decide(now.sid(), update);
        if (step == null) {
            return null;
        }
        boolean told = !event.updateReasons().contains(ParticipantUpdateReason.UNKNOWN) || update.reasons.isEmpty();
        return new Admitted(told ? event : new ParticipantUpdated(event.meta(), now, update.reasons), step);
    }

    private @Nullable Admitted conversationUpdated(ConversationUpdated event) {
        ConversationSnapshot now = event.conversation();
        Update<ConversationSnapshot, ConversationUpdateReason> update =
                new Update<>(now, event.meta().source(), weight(now), Fields.CONVERSATION);
        Step step = memory.decide(now.sid(), update);
        if (step == null) {
            return null;
        }
        boolean told = !event.updateReasons().contains(ConversationUpdateReason.UNKNOWN) || update.reasons.isEmpty();
        return new Admitted(told ? event : new ConversationUpdated(event.meta(), now, update.reasons), step);
    }

    private @Nullable Admitted userUpdated(UserUpdated event) {
        User now = event.user();
        Update<User, UserUpdateReason> update = new Update<>(now, event.meta().source(), weight(now), Fields.USER);
        Step step = memory.decide(keyOf(now), update);
        if (step == null) {
            return null;
        }
        boolean told = !event.updateReasons().contains(UserUpdateReason.UNKNOWN) || update.reasons.isEmpty();
        return new Admitted(told ? event : new UserUpdated(event.meta(), now, update.reasons), step);
    }

    /** Compares a new state with the former one. Used once, on one thread. */
    private static final class Update<T, R extends Enum<R>> implements ResourceMemory.Decision {
        private final T now;
        private final String source;
        private final int weight;
        private final Fields<T, R> fields;

        /** What changed; empty if no former state is known. */
        private Set<R> reasons = Set.of();

        Update(T now, String source, int weight, Fields<T, R> fields) {
            this.now = now;
            this.source = source;
            this.weight = weight;
            this.fields = fields;
        }

        // Unchecked: under one SID only states of one kind of resource are remembered.
        @SuppressWarnings("unchecked")
        @Override
        public @Nullable Known apply(@Nullable Known before) {
            if (before != null) {
                if (before.removed()) {
                    return null;
                }
                reasons =
                        fields.changed((T) before.state(), now, before.source().equals(source));
                if (reasons.isEmpty()) {
                    return null;
                }
            }
            return new Known(now, source, false, weight);
        }
    }

    private static String keyOf(User user) {
        return "user:" + user.identity();
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static int weight(Message message) {
        return 200
                + length(message.body())
                + message.attributes().json().length()
                + 100 * message.media().size();
    }

    private static int weight(Participant participant) {
        return 200 + participant.attributes().json().length();
    }

    private static int weight(ConversationSnapshot conversation) {
        return 200 + conversation.attributes().json().length();
    }

    private static int weight(User user) {
        return 100 + user.attributes().json().length();
    }

    /**
     * An event that is to be delivered.
     *
     * @param event the event
     * @param step what was remembered for it; null if nothing was
     */
    record Admitted(ConversationsEvent event, @Nullable Step step) {}
}
