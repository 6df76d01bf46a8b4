package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.internal.emulator.state.StoredRole.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The roles of a service: commands and queries. Thread-safe. */
public final class Roles {
    private static final Set<String> PERMISSIONS =
            Arrays.stream(Right.values()).map(Right::permission).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> SERVICE_ONLY =
            Set.of(Right.CREATE_CONVERSATION.permission(), Right.JOIN_CONVERSATION.permission());

    private final ServiceState state;

    Roles(ServiceState state) {
        this.state = state;
    }

    /**
     * Makes a role.
     *
     * @param cause who acts
     * @param friendlyName its name
     * @param type where it applies
     * @param permissions what it allows
     * @return the role
     * @throws TwilioFault if a permission is not known, or a rule forbids it
     */
    public StoredRole create(Cause cause, String friendlyName, Type type, List<String> permissions) {
        return state.commit(() -> {
            Rules.text(friendlyName, "FriendlyName", 50003, state.world.limits().name(), null);
            requireKnown(permissions, type);
            state.pace.take(state.world);
            Instant now = state.world.now();
            String sid = state.world.sids().next("RL");
            StoredRole made = new StoredRole(sid, friendlyName, type, permissions, now, now);
            state.roles.add(sid, made);
            state.record(cause, List.of(), stamp -> new Change.OfResource(stamp, null, made));
            return made;
        });
    }

    /**
     * Changes what a role allows.
     *
     * @param cause who acts
     * @param sid the role
     * @param permissions what it allows, and nothing else
     * @return the role as it is now
     * @throws TwilioFault if it is not there, or a permission is not known
     */
    public StoredRole update(Cause cause, String sid, List<String> permissions) {
        return state.commit(() -> {
            StoredRole before = role(sid);
            requireKnown(permissions, before.type());
            state.pace.take(state.world);
            StoredRole after = new StoredRole(
                    sid, before.friendlyName(), before.type(), permissions, before.dateCreated(), state.world.now());
            state.roles.replace(sid, after);
            state.record(cause, List.of(), stamp -> new Change.OfResource(stamp, before, after));
            return after;
        });
    }

    /**
     * Deletes a role. Who has it may do nothing with it any more; a default role cannot be deleted.
     *
     * @param cause who acts
     * @param sid the role
     * @throws TwilioFault if it is not there, or is a default
     */
    public void delete(Cause cause, String sid) {
        state.commit(() -> {
            StoredRole gone = role(sid);
            ServiceSettings settings = state.settings;
            if (List.of(settings.creatorRoleSid(), settings.conversationRoleSid(), settings.serviceRoleSid())
                    .contains(sid)) {
                throw TwilioFault.invalid(50101, "Role " + sid + " is a default role of the service");
            }
            state.pace.take(state.world);
            state.roles.remove(sid);
            state.record(cause, List.of(), stamp -> new Change.OfResource(stamp, gone, null));
            return gone;
        });
    }

    /**
     * Finds a role.
     *
     * @param sid the role
     * @return the role
     * @throws TwilioFault if it is not there
     */
    public StoredRole get(String sid) {
        return state.read(() -> role(sid));
    }

    /**
     * Lists roles.
     *
     * @param at which page
     * @return the page
     */
    public ShelfPage<StoredRole> list(PageAt at) {
        return state.read(() -> state.roles.page(at, role -> true));
    }

    private StoredRole role(String sid) {
        StoredRole found = state.roles.find(sid);
        if (found == null) {
            throw TwilioFault.notFound("/Services/" + state.sid + "/Roles/" + sid);
        }
        return found;
    }

    private static void requireKnown(List<String> permissions, Type type) {
        for (String permission : permissions) {
            boolean here = type == Type.SERVICE || !SERVICE_ONLY.contains(permission);
            if (!PERMISSIONS.contains(permission) || !here) {
                throw TwilioFault.invalid(50104, "Permission " + permission + " is not known for a role of this type");
            }
        }
    }
}
