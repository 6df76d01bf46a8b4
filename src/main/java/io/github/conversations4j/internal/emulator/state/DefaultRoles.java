package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.internal.emulator.state.StoredRole.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The four roles that every new service has. That there are four, their names and which of them are the defaults is
 * known from the chat product that Conversations grew from; which permissions they hold today is not documented and
 * chosen so that the calls of the client SDKs work: users may talk, change what is theirs and rename what they are in,
 * makers and admins may do everything.
 */
final class DefaultRoles {
    private static final List<Right> SERVICE_USER =
            List.of(Right.CREATE_CONVERSATION, Right.JOIN_CONVERSATION, Right.EDIT_OWN_USER_INFO);
    private static final List<Right> CONVERSATION_USER = List.of(
            Right.SEND_MESSAGE,
            Right.SEND_MEDIA_MESSAGE,
            Right.EDIT_OWN_MESSAGE,
            Right.EDIT_OWN_MESSAGE_ATTRIBUTES,
            Right.DELETE_OWN_MESSAGE,
            Right.EDIT_OWN_USER_INFO,
            Right.EDIT_OWN_PARTICIPANT_ATTRIBUTES,
            Right.EDIT_CONVERSATION_NAME,
            Right.EDIT_CONVERSATION_ATTRIBUTES,
            Right.EDIT_NOTIFICATION_LEVEL,
            Right.LEAVE_CONVERSATION);

    private DefaultRoles() {}

    static ServiceSettings install(ServiceState state) {
        String serviceUser = add(state, "service user", Type.SERVICE, SERVICE_USER);
        add(state, "service admin", Type.SERVICE, Arrays.asList(Right.values()));
        String user = add(state, "channel user", Type.CONVERSATION, CONVERSATION_USER);
        String admin = add(
                state,
                "channel admin",
                Type.CONVERSATION,
                Arrays.stream(Right.values())
                        .filter(right -> right != Right.CREATE_CONVERSATION && right != Right.JOIN_CONVERSATION)
                        .toList());
        return new ServiceSettings(admin, user, serviceUser, false);
    }

    private static String add(ServiceState state, String name, Type type, List<Right> rights) {
        Instant now = state.world.now();
        String sid = state.world.sids().next("RL");
        List<String> permissions = rights.stream().map(Right::permission).toList();
        state.roles.add(sid, new StoredRole(sid, name, type, permissions, now, now));
        return sid;
    }
}
