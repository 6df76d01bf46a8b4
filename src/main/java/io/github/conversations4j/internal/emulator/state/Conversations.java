package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.internal.emulator.state.Change.OfConversation;
import io.github.conversations4j.internal.emulator.state.Change.Reason;
import io.github.conversations4j.internal.emulator.state.StoredConversation.EmailBinding;
import io.github.conversations4j.model.ConversationState;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of a service: commands and queries. A conversation is named by its SID or its unique name.
 * Thread-safe.
 */
public final class Conversations {
    private final ServiceState state;

    Conversations(ServiceState state) {
        this.state = state;
    }

    /**
     * Makes a conversation. Its maker is not in it yet.
     *
     * @param cause who acts
     * @param draft what it shall be
     * @return the conversation
     * @throws TwilioFault if a rule forbids it
     */
    public StoredConversation create(Cause cause, ConversationDraft draft) {
        return state.perform(verdict -> {
            state.rights.require(cause, Right.CREATE_CONVERSATION);
            StoredConversation made = compose(cause, draft, verdict);
            requireFreeName(made.uniqueName(), made.sid());
            return added(cause, made);
        });
    }

    Step<StoredConversation> added(Cause cause, StoredConversation made) {
        Function<Stamp, Change> change = stamp -> new OfConversation(stamp, null, made, null, List.of());
        return new Step<>(change.apply(state.draft(cause, List.of())), () -> {
            Room added = new Room(made);
            state.rooms.add(made.sid(), added);
            if (made.uniqueName() != null) {
                state.roomsByName.put(made.uniqueName(), made.sid());
            }
            state.record(cause, added, change);
            state.timekeeper.arm(added);
            return made;
        });
    }

    /**
     * Changes a conversation.
     *
     * @param cause who acts
     * @param key its SID or unique name
     * @param draft what it shall be
     * @return the conversation as it is now
     * @throws TwilioFault if it is not there, or a rule forbids it
     */
    public StoredConversation update(Cause cause, String key, ConversationDraft draft) {
        return state.perform(verdict -> {
            Room room = state.room(key);
            room.requireOpen();
            requireRights(cause, room, draft);
            StoredConversation before = room.conversation;
            StoredConversation after = change(before, draft, verdict);
            requireFreeName(after.uniqueName(), after.sid());
            Reason reason = before.state() == after.state() ? null : Reason.API;
            Function<Stamp, Change> change = stamp -> new OfConversation(stamp, before, after, reason, List.of());
            return new Step<>(change.apply(state.draft(cause, room.hooks)), () -> {
                rename(before, after);
                room.conversation = after;
                state.record(cause, room, change);
                state.timekeeper.arm(room);
                return after;
            });
        });
    }

    /**
     * Deletes a conversation with everything in it.
     *
     * @param cause who acts
     * @param key its SID or unique name
     * @throws TwilioFault if it is not there, or a rule forbids it
     */
    public void delete(Cause cause, String key) {
        state.perform(verdict -> {
            Room room = state.room(key);
            state.rights.require(cause, room, Right.DELETE_CONVERSATION);
            StoredConversation gone = room.conversation;
            List<StoredParticipant> members = room.participants.all();
            Function<Stamp, Change> change = stamp -> new OfConversation(stamp, gone, null, null, members);
            return new Step<>(change.apply(state.draft(cause, room.hooks)), () -> {
                state.timekeeper.stop(room);
                members.forEach(state::forget);
                room.messages.all().forEach(message -> MediaFiles.drop(state, cause, message));
                state.rooms.remove(gone.sid());
                if (gone.uniqueName() != null) {
                    state.roomsByName.remove(gone.uniqueName());
                }
                state.record(cause, room, change);
                return gone;
            });
        });
    }

    /**
     * Finds a conversation.
     *
     * @param key its SID or unique name
     * @return the conversation
     * @throws TwilioFault if it is not there
     */
    public StoredConversation get(String key) {
        return state.read(() -> state.room(key).conversation);
    }

    /**
     * Finds a conversation that may not be there.
     *
     * @param key its SID or unique name
     * @return the conversation, or null
     */
    public @Nullable StoredConversation find(String key) {
        return state.read(() -> {
            String named = state.roomsByName.get(key);
            Room room = state.rooms.find(named == null ? key : named);
            return room == null ? null : room.conversation;
        });
    }

    /**
     * Lists conversations.
     *
     * @param at which page
     * @param wanted which ones
     * @return the page
     */
    public ShelfPage<StoredConversation> list(PageAt at, Predicate<StoredConversation> wanted) {
        return state.read(() ->
                state.rooms.page(at, room -> wanted.test(room.conversation)).map(room -> room.conversation));
    }

    StoredConversation compose(Cause cause, ConversationDraft draft, Verdict verdict) {
        if (draft.state == ConversationState.CLOSED) {
            throw TwilioFault.invalid(50384, "State must not be closed for a new conversation");
        }
        if (draft.state == null && (draft.inactiveAfter != null || draft.closedAfter != null)) {
            throw TwilioFault.invalid(50382, "State must be given with Timers.Inactive and Timers.Closed");
        }
        Instant now = state.world.now();
        AccountSettings defaults = state.world.settings().get();
        StoredConversation empty = new StoredConversation(
                state.world.sids().next("CH"),
                state.sid,
                null,
                null,
                "{}",
                defaults.defaultMessagingServiceSid(),
                ConversationState.ACTIVE,
                now,
                StateTimers.of(defaults.defaultInactiveAfter(), defaults.defaultClosedAfter()),
                EmailBinding.NONE,
                cause.name(),
                now,
                now);
        StoredConversation filled = change(empty, draft, verdict);
        return filled.with(edit -> edit.timers = edit.timers.restarted(edit.state, now));
    }

    private StoredConversation change(StoredConversation before, ConversationDraft draft, Verdict verdict) {
        Limits limits = state.world.limits();
        Instant now = state.world.now();
        String friendlyName = verdict.friendlyName() == null ? draft.friendlyName : verdict.friendlyName();
        return before.with(edit -> {
            edit.friendlyName = Rules.text(friendlyName, "FriendlyName", 50003, limits.name(), before.friendlyName());
            edit.uniqueName = Rules.uniqueName(draft.uniqueName, limits.uniqueName(), before.uniqueName());
            edit.attributes = Rules.attributes(
                    draft.attributes, "Attributes", limits.conversationAttributes(), before.attributes());
            edit.messagingServiceSid = Rules.sid(
                    "MG", draft.messagingServiceSid, "MessagingServiceSid", 50341, before.messagingServiceSid());
            edit.email = email(draft, before.email(), limits);
            edit.dateCreated = draft.dateCreated == null ? before.dateCreated() : draft.dateCreated;
            edit.dateUpdated = draft.dateUpdated == null ? now : draft.dateUpdated;
            changeState(edit, before, draft, now);
        });
    }

    private static void changeState(
            StoredConversation.Edit edit, StoredConversation before, ConversationDraft draft, Instant now) {
        StateTimers timers = before.timers();
        boolean timed = draft.inactiveAfter != null || draft.closedAfter != null;
        if (timed) {
            timers = StateTimers.of(
                    Rules.inactiveTimer(
                            StateTimers.wanted(draft.inactiveAfter, timers.inactiveAfter()), "Timers.Inactive"),
                    Rules.closedTimer(StateTimers.wanted(draft.closedAfter, timers.closedAfter()), "Timers.Closed"));
        }
        if (draft.state != null && draft.state != before.state()) {
            edit.state = draft.state;
            edit.stateSince = now;
        }
        boolean moved = edit.state != before.state();
        edit.timers = moved || timed ? timers.restarted(edit.state, now) : timers;
    }

    private static EmailBinding email(ConversationDraft draft, EmailBinding before, Limits limits) {
        return new EmailBinding(
                Rules.text(draft.emailAddress, "Bindings.Email.Address", 50407, limits.name(), before.address()),
                Rules.text(draft.emailName, "Bindings.Email.Name", 50003, limits.name(), before.name()));
    }

    private void requireRights(Cause cause, Room room, ConversationDraft draft) {
        if (draft.friendlyName != null || draft.uniqueName != null) {
            state.rights.require(cause, room, Right.EDIT_CONVERSATION_NAME);
        }
        if (draft.attributes != null) {
            state.rights.require(cause, room, Right.EDIT_CONVERSATION_ATTRIBUTES);
        }
    }

    void requireFreeName(@Nullable String uniqueName, String sid) {
        String holder = uniqueName == null ? null : state.roomsByName.get(uniqueName);
        if (holder != null && !holder.equals(sid)) {
            throw TwilioFault.conflict(50353, "Conversation with unique name " + uniqueName + " already exists");
        }
    }

    private void rename(StoredConversation before, StoredConversation after) {
        if (before.uniqueName() != null) {
            state.roomsByName.remove(before.uniqueName());
        }
        if (after.uniqueName() != null) {
            state.roomsByName.put(after.uniqueName(), after.sid());
        }
    }
}
