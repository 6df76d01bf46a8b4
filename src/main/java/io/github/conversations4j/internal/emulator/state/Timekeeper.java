package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.model.ConversationState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Runs the state timers of the conversations: active → inactive → closed. Confined to the lock of its service, except
 * for the task that the scheduler runs, which takes it.
 */
final class Timekeeper {
    private final ServiceState state;

    Timekeeper(ServiceState state) {
        this.state = state;
    }

    /** Waits for the next date of a conversation, and no more for an earlier one. */
    void arm(Room room) {
        stop(room);
        Instant next = room.conversation.timers().next();
        if (next != null) {
            String sid = room.sid();
            wait(room, Duration.between(state.world.now(), next), () -> expire(sid));
        }
    }

    private void wait(Room room, Duration delay, Runnable task) {
        if (state.timersRun()) {
            room.timer = state.world.scheduler().schedule(() -> state.commitIfThere(task), delay);
        }
    }

    /** Does something once with a conversation, which waits for no date of its own until then. */
    void once(Room room, Duration delay, Runnable task) {
        stop(room);
        wait(room, delay, task);
    }

    void stop(Room room) {
        if (room.timer != null) {
            room.timer.cancel();
            room.timer = null;
        }
    }

    /** A message came, which may start the timers anew. That is part of the message's change and gets none of its own. */
    void restart(Room room) {
        if (state.world.behaviour().messagesRestartTimers()
                && room.conversation.timers().next() != null) {
            Instant now = state.world.now();
            room.conversation = room.conversation.with(edit -> edit.timers = edit.timers.restarted(edit.state, now));
            arm(room);
        }
    }

    /** A message or participant came: an inactive conversation is active again. */
    void wake(Cause cause, Room room) {
        if (room.conversation.state() == ConversationState.INACTIVE) {
            move(cause, room, ConversationState.ACTIVE, Change.Reason.EVENT);
        }
    }

    /** Brings a conversation into a state for a reason that is no update of its fields. */
    void move(Cause cause, Room room, ConversationState to, Change.Reason reason) {
        StoredConversation before = room.conversation;
        Instant now = state.world.now();
        StoredConversation after = before.with(edit -> {
            edit.state = to;
            edit.stateSince = now;
            edit.timers = to == ConversationState.INACTIVE ? edit.timers.asleep() : edit.timers.restarted(to, now);
        });
        room.conversation = after;
        arm(room);
        state.record(cause, room, stamp -> new Change.OfConversation(stamp, before, after, reason, List.of()));
    }

    private void expire(String sid) {
        Room room = state.rooms.find(sid);
        if (room == null) {
            return;
        }
        Instant now = state.world.now();
        StateTimers timers = room.conversation.timers();
        if (timers.dateClosed() != null && !timers.dateClosed().isAfter(now)) {
            move(Cause.timer(), room, ConversationState.CLOSED, Change.Reason.TIMER);
        } else if (timers.dateInactive() != null && !timers.dateInactive().isAfter(now)) {
            move(Cause.timer(), room, ConversationState.INACTIVE, Change.Reason.TIMER);
        } else {
            arm(room);
        }
    }
}
