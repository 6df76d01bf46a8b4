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
import io.github.conversations4j.event.Unknown;
import io.github.conversations4j.event.UserAdded;
import io.github.conversations4j.event.UserUpdateReason;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.internal.delivery.ResourceMemory.Known;
import io.github.conversations4j.internal.delivery.ResourceMemory.Phase;
import io.github.conversations4j.internal.delivery.ResourceMemory.Step;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.User;
import io.github.conversations4j.source.SourceKind;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells an event that is new from one that was delivered before, and gives updates their reasons from the former
 * state. What counts is the identity of the event, not of the delivery: something is added once and removed once, and an
 * update is new if it differs from the state delivered last. Dates alone conclude nothing, since callers may set them: an
 * update that says it is older than what was delivered is a reason to ask Twilio for the present state.
 * Thread-safe.
 *
 * <p>Events may come in any order. What is added after an update of it was delivered is delivered as that update left
 * it, so that no hook sees an old state after a new one. What is removed is not added afterwards: SIDs are never used
 * twice, so such an event is late. (For conversations, participants and messages of Twilio that is documented by example
 * only.)
 */
final class Admission {
    private static final int STEPS = 16;

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
        EventMeta meta = event.meta();
        if (event instanceof MessageAdded added) {
            return added(event, Kind.MESSAGE, added.message(), newest -> new MessageAdded(meta, newest));
        } else if (event instanceof MessageUpdated updated) {
            return updated(event, Kind.MESSAGE, updated.message(), change(updated));
        } else if (event instanceof MessageRemoved removed) {
            return removed(event, Kind.MESSAGE.key().apply(removed.message()));
        } else if (event instanceof ParticipantJoined joined) {
            return added(event, Kind.PARTICIPANT, joined.participant(), newest -> new ParticipantJoined(meta, newest));
        } else if (event instanceof ParticipantUpdated updated) {
            return updated(event, Kind.PARTICIPANT, updated.participant(), change(updated));
        } else if (event instanceof ParticipantLeft left) {
            return removed(event, Kind.PARTICIPANT.key().apply(left.participant()));
        } else if (event instanceof ConversationAdded added) {
            return added(event, Kind.CONVERSATION, added.conversation(), newest -> new ConversationAdded(meta, newest));
        } else if (event instanceof ConversationUpdated updated) {
            return updated(event, Kind.CONVERSATION, updated.conversation(), change(updated));
        } else if (event instanceof ConversationRemoved removed) {
            return removed(event, Kind.CONVERSATION.key().apply(removed.conversation()));
        } else if (event instanceof UserAdded added) {
            return added(event, Kind.USER, added.user(), newest -> new UserAdded(meta, newest));
        } else if (event instanceof UserUpdated updated) {
            return updated(event, Kind.USER, updated.user(), change(updated));
        } else if (event instanceof DeliveryUpdated updated) {
            return step(event, updated.receipt().sid(), null);
        } else if (event instanceof ConversationStateUpdated updated) {
            return step(event, "state:" + updated.conversationSid(), updated.to());
        } else if (event instanceof Unknown) {
            return step(event, "unknown:" + meta.id(), null);
        }
        return new Admitted(event, null);
    }

    /** Whether the end of a conversation was delivered, and not that it came back. */
    boolean isOver(String conversationSid) {
        Phase phase = memory.phase(conversationSid);
        return phase != null && phase.isOver();
    }

    /** Whether the removal of a message was delivered, and not the message, which is too late now. */
    boolean isRemovedUntold(Message message) {
        return memory.phase(Kind.MESSAGE.key().apply(message)) == Phase.REMOVED_UNTOLD;
    }

    void undo(Admitted admitted) {
        if (admitted.step() != null) {
            memory.undo(admitted.step());
        }
    }

    // Unchecked: under one key only states of one kind of resource are remembered.
    @SuppressWarnings("unchecked")
    private <T> @Nullable Admitted added(
            ConversationsEvent event, Kind<T, ?> kind, T state, Function<T, ConversationsEvent> with) {
        Step step = memory.decide(kind.key().apply(state), known -> {
            if (known == null
                    || takesPlaceOf(state, known.state())
                    || known.phase().isOver() && comesAndGoes(event)) {
                return new Known(
                        state, event.meta().source(), Phase.ADDED, kind.weight().applyAsInt(state));
            }
            return known.phase() == Phase.SEEN ? known.in(Phase.ADDED) : null;
        });
        if (step == null) {
            return null;
        }
        T newest = (T) step.now().state();
        return new Admitted(newest == state ? event : with.apply(newest), step);
    }

    /** Users are known by identity, which may be used again once its user was deleted; nobody tells of that. */
    private static boolean takesPlaceOf(Object state, Object known) {
        return state instanceof User now
                && known instanceof User before
                && now.sid() != null
                && before.sid() != null
                && !now.sid().equals(before.sid())
                && (now.dateCreated() == null
                        || before.dateCreated() == null
                        || !now.dateCreated().isBefore(before.dateCreated()));
    }

    /** For a participant a conversation may go out of sight and come back. */
    private static boolean comesAndGoes(ConversationsEvent event) {
        return event instanceof ConversationAdded && event.meta().source().equals(SourceKind.REALTIME.sourceName());
    }

    private @Nullable Admitted removed(ConversationsEvent event, String key) {
        Known gone = new Known(key, event.meta().source(), Phase.REMOVED, key.length());
        Step step = memory.decide(key, known -> {
            if (known == null || known.phase() == Phase.SEEN) {
                return gone.in(Phase.REMOVED_UNTOLD);
            }
            return known.phase().isOver() ? null : gone;
        });
        return step == null ? null : new Admitted(event, step);
    }

    /**
     * Steps have no state to compare: the same id again is the same step. So is one that another source tells and that
     * leads where the last one led, because that source may not know by which way.
     */
    private @Nullable Admitted step(ConversationsEvent event, String key, @Nullable Object end) {
        EventMeta meta = event.meta();
        Step step = memory.decide(key, known -> {
            Steps before = known == null ? Steps.NONE : (Steps) known.state();
            boolean arrived = known != null
                    && end != null
                    && end.equals(before.end())
                    && !known.source().equals(meta.source());
            if (arrived || before.ids().contains(meta.id())) {
                return null;
            }
            List<String> ids = Stream.concat(
                            before.ids().stream().skip(Math.max(0, before.ids().size() - STEPS + 1)),
                            Stream.of(meta.id()))
                    .toList();
            return new Known(
                    new Steps(ids, end),
                    meta.source(),
                    Phase.SEEN,
                    ids.stream().mapToInt(String::length).sum());
        });
        return step == null ? null : new Admitted(event, step);
    }

    private <T, R extends Enum<R>> @Nullable Admitted updated(
            ConversationsEvent event, Kind<T, R> kind, T state, Change<R> change) {
        Update<T, R> update = new Update<>(kind, state, event.meta().source());
        Step step = memory.decide(kind.key().apply(state), update);
        if (step == null) {
            return update.doubtful ? new Admitted(event, null, true) : null;
        }
        boolean told = !change.reasons().contains(kind.fields().unknown()) || update.reasons.isEmpty();
        return new Admitted(told ? event : change.with().apply(update.reasons), step);
    }

    private static Change<MessageUpdateReason> change(MessageUpdated event) {
        return new Change<>(
                event.updateReasons(), reasons -> new MessageUpdated(event.meta(), event.message(), reasons));
    }

    private static Change<ParticipantUpdateReason> change(ParticipantUpdated event) {
        return new Change<>(
                event.updateReasons(), reasons -> new ParticipantUpdated(event.meta(), event.participant(), reasons));
    }

    private static Change<ConversationUpdateReason> change(ConversationUpdated event) {
        return new Change<>(
                event.updateReasons(), reasons -> new ConversationUpdated(event.meta(), event.conversation(), reasons));
    }

    private static Change<UserUpdateReason> change(UserUpdated event) {
        return new Change<>(event.updateReasons(), reasons -> new UserUpdated(event.meta(), event.user(), reasons));
    }

    /** Compares a new state with the former one. Used once, on one thread. */
    private static final class Update<T, R extends Enum<R>> implements ResourceMemory.Decision {
        private final Kind<T, R> kind;
        private final T now;
        private final String source;

        /** What changed; empty if no former state is known. */
        private Set<R> reasons = Set.of();

        private boolean doubtful;

        Update(Kind<T, R> kind, T now, String source) {
            this.kind = kind;
            this.now = now;
            this.source = source;
        }

        // Unchecked: as above.
        @SuppressWarnings("unchecked")
        @Override
        public @Nullable Known apply(@Nullable Known before) {
            if (before == null || takesPlaceOf(now, before.state())) {
                return new Known(now, source, Phase.SEEN, kind.weight().applyAsInt(now));
            }
            if (before.phase().isOver()) {
                return null;
            }
            boolean sameSource = before.source().equals(source);
            reasons = kind.fields().changed((T) before.state(), now, sameSource);
            // Other sources tell the states of one thing in their order, or what there is now.
            boolean unordered = source.equals(SourceKind.WEBHOOK.sourceName());
            doubtful = !reasons.isEmpty() && unordered && kind.saysItIsOlder(now, (T) before.state(), sameSource);
            return doubtful || reasons.isEmpty()
                    ? null
                    : new Known(now, source, before.phase(), kind.weight().applyAsInt(now));
        }
    }

    /**
     * The last steps of something.
     *
     * @param ids of their events, the newest last
     * @param end where they led; null if that says nothing
     */
    private record Steps(List<String> ids, @Nullable Object end) {
        static final Steps NONE = new Steps(List.of(), null);
    }

    /**
     * What a source says about an update.
     *
     * @param reasons the reasons it gives
     * @param with makes the same event with others
     * @param <R> the reasons
     */
    private record Change<R>(Set<R> reasons, Function<Set<R>, ConversationsEvent> with) {}

    /**
     * An event that was not delivered before.
     *
     * @param event the event
     * @param step what was remembered for it; null if nothing was
     * @param doubtful whether it says that it is older than what was delivered: then it is not to be delivered, and Twilio
     *     is to be asked for the present state
     */
    record Admitted(ConversationsEvent event, @Nullable Step step, boolean doubtful) {
        Admitted(ConversationsEvent event, @Nullable Step step) {
            this(event, step, false);
        }
    }
}
