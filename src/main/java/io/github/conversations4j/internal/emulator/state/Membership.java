package io.github.conversations4j.internal.emulator.state;

import org.jspecify.annotations.Nullable;

/**
 * Somebody in a conversation, seen from that somebody: what REST calls a user conversation and a participant
 * conversation. Immutable.
 *
 * @param conversation the conversation
 * @param participant as whom
 * @param user the user of a chat participant; null for anybody else
 * @param unread how many messages are not read; null if it was never set what is read
 */
public record Membership(
        StoredConversation conversation,
        StoredParticipant participant,
        @Nullable StoredUser user,
        @Nullable Integer unread) {

    static Membership of(ServiceState state, Memberships.Place place) {
        Room room = state.room(place.conversationSid());
        return of(state, room, room.participant(place.participantSid()));
    }

    static Membership of(ServiceState state, Room room, StoredParticipant participant) {
        StoredUser user = participant.identity() == null ? null : state.userByIdentity(participant.identity());
        return new Membership(room.conversation, participant, user, unread(state, room, participant));
    }

    /**
     * Counts what stands after the last read message. What is removed is not counted, because it is not there; whether
     * Twilio counts one's own messages is not documented.
     */
    private static @Nullable Integer unread(ServiceState state, Room room, StoredParticipant participant) {
        Long read = participant.lastReadIndex();
        if (read == null) {
            return null;
        }
        boolean own = state.world.behaviour().ownMessagesUnread();
        return room.messages.countAfter(
                read,
                state.world.limits().unreadCount(),
                message -> own || !participant.sid().equals(message.participantSid()));
    }
}
