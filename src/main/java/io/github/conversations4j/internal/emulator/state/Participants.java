package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.internal.emulator.state.Cause.Origin;
import io.github.conversations4j.internal.emulator.state.Change.OfParticipant;
import io.github.conversations4j.model.ConversationState;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The participants of the conversations of a service: commands and queries. A chat participant may be named by identity
 * as well as by SID. Thread-safe.
 */
public final class Participants {
    private final ServiceState state;
    private final ParticipantComposer composer;

    Participants(ServiceState state) {
        this.state = state;
        this.composer = new ParticipantComposer(state);
    }

    /**
     * Brings somebody into a conversation. A chat user who does not exist yet is made.
     *
     * @param cause who acts; at a client SDK, adding oneself is joining
     * @param conversation SID or unique name
     * @param draft who it shall be
     * @return the participant
     * @throws TwilioFault if the conversation is not there, closed or full, somebody is in it already, or a rule forbids
     *     it
     */
    public StoredParticipant add(Cause cause, String conversation, ParticipantDraft draft) {
        return state.perform(verdict -> {
            Room room = state.room(conversation);
            room.requireOpen();
            requireRightToAdd(cause, room, draft);
            StoredParticipant made = check(room, draft);
            Function<Stamp, Change> change = stamp -> new OfParticipant(stamp, room.conversation, null, made);
            return new Step<>(change.apply(state.draft(cause, room.hooks)), () -> {
                admit(cause, room, made);
                state.timekeeper.wake(cause, room);
                return made;
            });
        });
    }

    /** Makes a participant who may come in. */
    StoredParticipant check(Room room, ParticipantDraft draft) {
        StoredParticipant made = composer.compose(room, draft);
        requireRoom(room, made);
        return made;
    }

    /** Lets somebody in who was checked before. */
    void admit(Cause cause, Room room, StoredParticipant made) {
        if (made.identity() != null) {
            Users.ensure(state, cause, made.identity());
        }
        room.put(made);
        state.remember(made);
        state.record(cause, room, stamp -> new OfParticipant(stamp, room.conversation, null, made));
    }

    /**
     * Changes a participant.
     *
     * @param cause who acts
     * @param conversation SID or unique name
     * @param key SID or identity
     * @param draft what it shall be; the address cannot be changed
     * @return the participant as it is now
     * @throws TwilioFault if it is not there, or a rule forbids it
     */
    public StoredParticipant update(Cause cause, String conversation, String key, ParticipantDraft draft) {
        return state.perform(verdict -> {
            Room room = state.room(conversation);
            StoredParticipant before = room.participant(key);
            room.requireOpen();
            if (draft.attributes != null) {
                state.rights.requireOwn(
                        cause,
                        room,
                        before.identity(),
                        Right.EDIT_OWN_PARTICIPANT_ATTRIBUTES,
                        Right.EDIT_ANY_PARTICIPANT_ATTRIBUTES);
            }
            StoredParticipant after = composer.change(room, before, draft);
            String newcomer = Objects.equals(before.identity(), after.identity()) ? null : after.identity();
            if (newcomer != null) {
                requireFewConversations(newcomer);
            }
            Function<Stamp, Change> change = stamp -> new OfParticipant(stamp, room.conversation, before, after);
            return new Step<>(change.apply(state.draft(cause, room.hooks)), () -> {
                if (newcomer != null) {
                    Users.ensure(state, cause, newcomer);
                }
                state.forget(before);
                room.put(after);
                state.remember(after);
                state.record(cause, room, change);
                return after;
            });
        });
    }

    /**
     * Brings somebody out of a conversation; at a client SDK, removing oneself is leaving.
     *
     * @param cause who acts
     * @param conversation SID or unique name
     * @param key SID or identity
     * @throws TwilioFault if it is not there, or a rule forbids it
     */
    public void remove(Cause cause, String conversation, String key) {
        state.perform(verdict -> {
            Room room = state.room(conversation);
            StoredParticipant gone = room.participant(key);
            state.rights.requireOwn(cause, room, gone.identity(), Right.LEAVE_CONVERSATION, Right.REMOVE_PARTICIPANT);
            Function<Stamp, Change> change = stamp -> new OfParticipant(stamp, room.conversation, gone, null);
            return new Step<>(change.apply(state.draft(cause, room.hooks)), () -> {
                dismiss(cause, room, gone);
                return gone;
            });
        });
    }

    /** Takes somebody out who was checked before. */
    void dismiss(Cause cause, Room room, StoredParticipant gone) {
        room.remove(gone);
        state.forget(gone);
        state.record(cause, room, stamp -> new OfParticipant(stamp, room.conversation, gone, null));
    }

    /**
     * Finds a participant.
     *
     * @param conversation SID or unique name
     * @param key SID or identity
     * @return the participant
     * @throws TwilioFault if it is not there
     */
    public StoredParticipant get(String conversation, String key) {
        return state.read(() -> state.room(conversation).participant(key));
    }

    /**
     * Finds a chat participant who may not be there.
     *
     * @param conversation SID or unique name
     * @param identity the identity
     * @return the participant, or null
     * @throws TwilioFault if the conversation is not there
     */
    public @Nullable StoredParticipant find(String conversation, String identity) {
        return state.read(() -> state.room(conversation).chatParticipant(identity));
    }

    /**
     * Lists participants.
     *
     * @param conversation SID or unique name
     * @param at which page
     * @return the page
     * @throws TwilioFault if the conversation is not there
     */
    public ShelfPage<StoredParticipant> list(String conversation, PageAt at) {
        return state.read(() -> state.room(conversation).participants.page(at, participant -> true));
    }

    /**
     * Lists all participants of a conversation.
     *
     * @param conversation SID or unique name
     * @return everybody in it, in the order in which they came
     * @throws TwilioFault if the conversation is not there
     */
    public List<StoredParticipant> all(String conversation) {
        return state.read(() -> state.room(conversation).participants.all());
    }

    /**
     * Lists in which conversations an identity is.
     *
     * @param identity the identity
     * @param at which page
     * @return the page
     */
    public ShelfPage<Membership> byIdentity(String identity, PageAt at) {
        return state.read(() -> memberships(state.identities.shelf(identity), at));
    }

    /**
     * Lists in which conversations an address is.
     *
     * @param address the address
     * @param at which page
     * @return the page
     */
    public ShelfPage<Membership> byAddress(String address, PageAt at) {
        return state.read(() -> memberships(state.addresses.shelf(address), at));
    }

    private ShelfPage<Membership> memberships(Shelf<Memberships.Place> places, PageAt at) {
        return places.page(at, place -> true).map(place -> Membership.of(state, place));
    }

    private void requireRightToAdd(Cause cause, Room room, ParticipantDraft draft) {
        if (cause.origin() != Origin.SDK) {
            return;
        }
        if (draft.identity == null) {
            state.rights.require(cause, room, Right.ADD_NON_CHAT_PARTICIPANT);
        } else if (!draft.identity.equals(cause.identity())) {
            state.rights.require(cause, room, Right.ADD_PARTICIPANT);
        } else if (!room.conversation.createdBy().equals(cause.identity())) {
            state.rights.require(cause, Right.JOIN_CONVERSATION);
        }
    }

    private void requireRoom(Room room, StoredParticipant made) {
        Limits limits = state.world.limits();
        if (room.participants.size() >= limits.participants()) {
            throw TwilioFault.forbidden(
                    50417, "Conversation " + room.sid() + " has " + limits.participants() + " participants, the limit");
        }
        if (made.identity() == null) {
            if (room.nonChatParticipants >= limits.nonChatParticipants()) {
                throw TwilioFault.forbidden(
                        50418,
                        "Conversation " + room.sid() + " has " + limits.nonChatParticipants()
                                + " participants at messaging channels, the limit");
            }
        } else {
            requireFewConversations(made.identity());
        }
    }

    private void requireFewConversations(String identity) {
        int limit = state.world.limits().conversationsPerIdentity();
        if (openConversations(identity) >= limit) {
            throw TwilioFault.forbidden(
                    50214, "Identity is in " + limit + " conversations that are not closed, the limit");
        }
    }

    private long openConversations(String identity) {
        Shelf<Memberships.Place> places = state.identities.shelf(identity);
        if (places.size() < state.world.limits().conversationsPerIdentity()) {
            return places.size();
        }
        return places.all().stream()
                .filter(place ->
                        state.room(place.conversationSid()).conversation.state() != ConversationState.CLOSED)
                .count();
    }
}
