package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.internal.emulator.state.Cause.Origin;
import io.github.conversations4j.internal.emulator.state.Change.OfUser;
import io.github.conversations4j.internal.emulator.state.StoredRole.Type;
import io.github.conversations4j.model.NotificationLevel;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The users of a service: commands and queries. A user is named by SID or identity. Thread-safe. */
public final class Users {
    private final ServiceState state;

    Users(ServiceState state) {
        this.state = state;
    }

    /**
     * Makes a user.
     *
     * @param cause who acts
     * @param identity who it is
     * @param draft what it shall be
     * @return the user
     * @throws TwilioFault if it exists, or a rule forbids it
     */
    public StoredUser create(Cause cause, String identity, UserDraft draft) {
        return state.commit(() -> {
            if (state.userByIdentity(identity) != null) {
                throw TwilioFault.conflict(50201, "User already exists");
            }
            state.pace.take(state.world);
            return add(state, cause, change(blank(state, identity), draft));
        });
    }

    /**
     * Makes a user unless it exists, as Twilio does when somebody connects or is added for the first time.
     *
     * @param cause who acts
     * @param identity who it is
     * @return the user, new or old
     * @throws TwilioFault if a rule forbids such an identity
     */
    public StoredUser ensure(Cause cause, String identity) {
        return state.commit(() -> ensure(state, cause, identity));
    }

    static StoredUser ensure(ServiceState state, Cause cause, String identity) {
        StoredUser found = state.userByIdentity(identity);
        return found == null ? add(state, cause, blank(state, identity)) : found;
    }

    /**
     * Changes a user.
     *
     * @param cause who acts
     * @param key SID or identity
     * @param draft what it shall be
     * @return the user as it is now
     * @throws TwilioFault if it is not there, or a rule forbids it
     */
    public StoredUser update(Cause cause, String key, UserDraft draft) {
        return state.perform(verdict -> {
            StoredUser before = state.user(key);
            boolean own = before.identity().equals(cause.identity());
            state.rights.require(cause, own ? Right.EDIT_OWN_USER_INFO : Right.EDIT_ANY_USER_INFO);
            if (cause.origin() == Origin.SDK && draft.roleSid() != null) {
                throw TwilioFault.forbidden(50205, "RoleSid cannot be set by a user");
            }
            StoredUser after = change(before, draft).with(edit -> edit.dateUpdated = state.world.now());
            Function<Stamp, Change> change = stamp -> new OfUser(stamp, before, after);
            return new Step<>(change.apply(state.draft(cause, List.of())), () -> {
                state.users.replace(after.sid(), after);
                state.record(cause, List.of(), change);
                return after;
            });
        });
    }

    /**
     * Notes whether a user is there, if the service tells such things. No gate is asked.
     *
     * @param cause who acts
     * @param key SID or identity
     * @param online whether a client is connected; null to leave it
     * @param notifiable whether it can be notified; null to leave it
     * @return the user as it is now
     * @throws TwilioFault if it is not there
     */
    public StoredUser reach(Cause cause, String key, @Nullable Boolean online, @Nullable Boolean notifiable) {
        return state.commit(() -> {
            StoredUser before = state.user(key);
            StoredUser after = before.with(edit -> {
                edit.online = online == null ? before.online() : online;
                edit.notifiable = notifiable == null ? before.notifiable() : notifiable;
            });
            if (state.settings.reachability() && !after.equals(before)) {
                state.users.replace(after.sid(), after);
                state.record(cause, List.of(), stamp -> new OfUser(stamp, before, after));
                return after;
            }
            return before;
        });
    }

    /**
     * Deletes a user. That it also leaves its conversations is assumed.
     *
     * @param cause who acts
     * @param key SID or identity
     * @throws TwilioFault if it is not there
     */
    public void delete(Cause cause, String key) {
        state.commit(() -> {
            StoredUser gone = state.user(key);
            state.pace.take(state.world);
            Participants participants = new Participants(state);
            for (Memberships.Place place :
                    state.identities.shelf(gone.identity()).all()) {
                Room room = state.room(place.conversationSid());
                participants.dismiss(cause, room, room.participant(place.participantSid()));
            }
            state.users.remove(gone.sid());
            state.usersByIdentity.remove(gone.identity());
            state.record(cause, List.of(), stamp -> new OfUser(stamp, gone, null));
            return gone;
        });
    }

    /**
     * Finds a user.
     *
     * @param key SID or identity
     * @return the user
     * @throws TwilioFault if it is not there
     */
    public StoredUser get(String key) {
        return state.read(() -> state.user(key));
    }

    /**
     * Finds a user that may not be there.
     *
     * @param identity the identity
     * @return the user, or null
     */
    public @Nullable StoredUser find(String identity) {
        return state.read(() -> state.userByIdentity(identity));
    }

    /**
     * Lists users.
     *
     * @param at which page
     * @return the page
     */
    public ShelfPage<StoredUser> list(PageAt at) {
        return state.read(() -> state.users.page(at, user -> true));
    }

    /**
     * Looks at a conversation with the eyes of a user.
     *
     * @param key SID or identity of the user
     * @param conversation SID or unique name
     * @return what the user is there and has read
     * @throws TwilioFault if the user is not there, or not in the conversation
     */
    public Membership membership(String key, String conversation) {
        return state.read(() -> {
            Room room = state.room(conversation);
            return Membership.of(state, room, participant(state.user(key), room, conversation));
        });
    }

    /**
     * Lists the conversations that a user is in.
     *
     * @param key SID or identity of the user
     * @param at which page
     * @return the page
     * @throws TwilioFault if the user is not there
     */
    public ShelfPage<Membership> memberships(String key, PageAt at) {
        return state.read(() -> state.identities
                .shelf(state.user(key).identity())
                .page(at, place -> true)
                .map(place -> Membership.of(state, place)));
    }

    /**
     * Notes what a user has read in a conversation and whether the user wants to be notified of it. No gate is asked.
     *
     * @param cause who acts
     * @param key SID or identity of the user
     * @param conversation SID or unique name
     * @param reading up to where is read; null to leave it
     * @param level whether to notify; null to leave it
     * @return what the user is there and has read now
     * @throws TwilioFault if the user is not there, or not in the conversation, or a rule forbids it
     */
    public Membership attend(
            Cause cause,
            String key,
            String conversation,
            @Nullable Reading reading,
            @Nullable NotificationLevel level) {
        return state.commit(() -> {
            Room room = state.room(conversation);
            return attend(cause, room, participant(state.user(key), room, conversation), reading, level);
        });
    }

    /**
     * Notes what a user has read in a conversation, unless that was more already.
     *
     * @param cause who acts
     * @param key SID or identity of the user
     * @param conversation SID or unique name
     * @param index the index of the last read message
     * @return what the user is there and has read now
     * @throws TwilioFault if the user is not there, or not in the conversation, or a rule forbids it
     */
    public Membership advance(Cause cause, String key, String conversation, long index) {
        return state.commit(() -> {
            Room room = state.room(conversation);
            StoredParticipant before = participant(state.user(key), room, conversation);
            Long read = before.lastReadIndex();
            return read != null && read >= index
                    ? Membership.of(state, room, before)
                    : attend(cause, room, before, new Reading(index, null), null);
        });
    }

    private Membership attend(
            Cause cause,
            Room room,
            StoredParticipant before,
            @Nullable Reading reading,
            @Nullable NotificationLevel level) {
        if (level != null) {
            state.rights.require(cause, room, Right.EDIT_NOTIFICATION_LEVEL);
        }
        StoredParticipant after = before.with(edit -> {
            ParticipantComposer.read(edit, before, reading, state.world.now());
            edit.notificationLevel = level == null ? before.notificationLevel() : level;
        });
        if (!after.equals(before)) {
            room.put(after);
            state.record(cause, room, stamp -> new Change.OfParticipant(stamp, room.conversation, before, after));
        }
        return Membership.of(state, room, after);
    }

    private StoredParticipant participant(StoredUser user, Room room, String conversation) {
        StoredParticipant found = room.chatParticipant(user.identity());
        if (found == null) {
            throw TwilioFault.notFound(
                    "/Services/" + state.sid + "/Users/" + user.sid() + "/Conversations/" + conversation);
        }
        return found;
    }

    private static StoredUser blank(ServiceState state, String identity) {
        Instant now = state.world.now();
        return new StoredUser(
                state.world.sids().next("US"),
                Rules.identity(identity, state.world.limits().name()),
                null,
                "{}",
                state.settings.serviceRoleSid(),
                null,
                null,
                now,
                now);
    }

    private static StoredUser add(ServiceState state, Cause cause, StoredUser made) {
        state.users.add(made.sid(), made);
        state.usersByIdentity.put(made.identity(), made.sid());
        state.record(cause, List.of(), stamp -> new OfUser(stamp, null, made));
        return made;
    }

    private StoredUser change(StoredUser before, UserDraft draft) {
        Limits limits = state.world.limits();
        String role = draft.roleSid();
        if (role != null) {
            StoredRole found = state.roles.find(role);
            if (found == null || found.type() != Type.SERVICE) {
                throw TwilioFault.invalid(50100, "RoleSid " + role + " is no service role of this service");
            }
        }
        return before.with(edit -> {
            edit.friendlyName =
                    Rules.text(draft.friendlyName(), "FriendlyName", 50003, limits.name(), before.friendlyName());
            edit.attributes =
                    Rules.attributes(draft.attributes(), "Attributes", limits.attributes(), before.attributes());
            edit.roleSid = role == null ? before.roleSid() : role;
        });
    }
}
