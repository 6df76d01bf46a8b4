package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.internal.emulator.state.Cause.Origin;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what. REST calls, timers and messaging channels may do everything; somebody at a client SDK needs a role
 * that allows it: the one in the conversation, or the one in the service, which holds everywhere. Confined to the lock of
 * its service.
 */
final class Rights {
    private final ServiceState state;

    Rights(ServiceState state) {
        this.state = state;
    }

    /** Lets only people pass who may do something in the service. */
    void require(Cause cause, Right right) {
        if (cause.origin() == Origin.SDK && !allowsInService(cause, right)) {
            throw unauthorized(cause, right);
        }
    }

    /** Lets only people pass who may do something in a conversation. */
    void require(Cause cause, Room room, Right right) {
        if (cause.origin() == Origin.SDK && !allowsInService(cause, right)) {
            StoredParticipant participant = member(cause, room);
            if (!allows(participant.roleSid(), right)) {
                throw unauthorized(cause, right);
            }
        }
    }

    /** Lets people pass who may do something with what is theirs, or with what is anybody's. */
    void requireOwn(Cause cause, Room room, @Nullable String owner, Right own, Right any) {
        require(cause, room, Objects.equals(cause.identity(), owner) ? own : any);
    }

    /** Lets only people pass who are in the conversation. */
    StoredParticipant member(Cause cause, Room room) {
        StoredParticipant participant = room.chatParticipant(cause.identity());
        if (participant == null) {
            throw TwilioFault.forbidden(50430, "User not participant of conversation");
        }
        return participant;
    }

    private boolean allowsInService(Cause cause, Right right) {
        StoredUser user = state.userByIdentity(String.valueOf(cause.identity()));
        return user != null && allows(user.roleSid(), right);
    }

    private boolean allows(String roleSid, Right right) {
        StoredRole role = state.roles.find(roleSid);
        return role != null && role.permissions().contains(right.permission());
    }

    private static TwilioFault unauthorized(Cause cause, Right right) {
        return TwilioFault.forbidden(
                50107, "User " + cause.identity() + " is not authorized: " + right.permission() + " is missing");
    }
}
