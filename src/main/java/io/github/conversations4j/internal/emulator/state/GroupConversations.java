package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.model.ConversationState;
import java.time.Duration;
import java.util.List;

/**
 * Conversations that are made together with their participants. While one is set up nobody can change it. Thread-safe.
 */
public final class GroupConversations {
    private static final int FEWEST = 3;
    private static final int MOST = 10;

    private final ServiceState state;
    private final Conversations conversations;
    private final Participants participants;

    GroupConversations(ServiceState state, Conversations conversations, Participants participants) {
        this.state = state;
        this.conversations = conversations;
        this.participants = participants;
    }

    /**
     * Makes a conversation with its participants: all of them, or nothing. A gate is asked about the conversation only.
     *
     * @param cause who acts
     * @param draft what it shall be
     * @param people who shall be in it, three to ten
     * @return the conversation: ready, or still {@code initializing} if the emulator takes its time
     * @throws TwilioFault if a rule forbids it
     */
    public StoredConversation create(Cause cause, ConversationDraft draft, List<ParticipantDraft> people) {
        if (people.size() < FEWEST) {
            throw TwilioFault.invalid(20422, "Participant must be given at least " + FEWEST + " times");
        }
        if (people.size() > MOST) {
            throw TwilioFault.invalid(50426, "Participant must be given at most " + MOST + " times");
        }
        Duration pause = state.world.behaviour().initializingFor();
        return state.perform(verdict -> {
            state.rights.require(cause, Right.CREATE_CONVERSATION);
            StoredConversation wanted = conversations.compose(cause, draft, verdict);
            conversations.requireFreeName(wanted.uniqueName(), wanted.sid());
            List<StoredParticipant> roster = roster(wanted, people);
            if (pause.isZero()) {
                Step<StoredConversation> step = conversations.added(cause, wanted);
                return new Step<>(step.proposal(), () -> {
                    StoredConversation made = step.work().get();
                    admit(cause, made.sid(), roster);
                    return made;
                });
            }
            StoredConversation pending = wanted.with(edit -> edit.state = ConversationState.INITIALIZING);
            Step<StoredConversation> step = conversations.added(cause, pending);
            return new Step<>(step.proposal(), () -> {
                StoredConversation made = step.work().get();
                state.timekeeper.once(state.room(made.sid()), pause, () -> open(cause, wanted, roster));
                return made;
            });
        });
    }

    private void open(Cause cause, StoredConversation wanted, List<StoredParticipant> roster) {
        Room room = state.rooms.find(wanted.sid());
        if (room != null) {
            admit(cause, wanted.sid(), roster);
            state.timekeeper.move(cause, room, wanted.state(), Change.Reason.EVENT);
        }
    }

    private void admit(Cause cause, String sid, List<StoredParticipant> roster) {
        Room room = state.room(sid);
        roster.forEach(participant -> participants.admit(cause, room, participant));
    }

    /** Seats everybody in a room that nobody else sees, so that they are checked against each other too. */
    private List<StoredParticipant> roster(StoredConversation wanted, List<ParticipantDraft> people) {
        Room rehearsal = new Room(wanted);
        people.forEach(draft -> rehearsal.put(participants.check(rehearsal, draft)));
        return rehearsal.participants.all();
    }
}
