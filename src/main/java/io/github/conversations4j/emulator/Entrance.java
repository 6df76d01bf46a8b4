package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.ConversationDraft;
import io.github.conversations4j.internal.emulator.state.ParticipantDraft;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.TwilioFault;

/**
 * How a simulated person comes into a conversation: makes what is missing, which is the user, the conversation, the
 * participant, and the others of a conversation that was made. Immutable.
 *
 * @param stage where it happens
 * @param identity who comes
 */
record Entrance(Stage stage, String identity) {
    private static final int NAME_TAKEN = 50353;
    private static final int THERE_ALREADY = 50433;

    /** Comes in, and gives the SID of the conversation. */
    String enter(String conversation) {
        ChatService service = stage.service();
        service.users().ensure(cause(), identity);
        StoredConversation there = service.conversations().find(conversation);
        if (there != null) {
            join(there.sid(), identity);
            return there.sid();
        }
        String sid = make(conversation);
        join(sid, identity);
        stage.guests().forEach(guest -> join(sid, guest));
        return sid;
    }

    private Cause cause() {
        return Cause.sdk(identity);
    }

    private String make(String conversation) {
        try {
            return stage.service()
                    .conversations()
                    .create(
                            cause(),
                            new ConversationDraft().uniqueName(conversation).friendlyName(conversation))
                    .sid();
        } catch (TwilioFault fault) {
            ignoreOnly(NAME_TAKEN, fault);
            return stage.service().conversations().get(conversation).sid();
        }
    }

    private void join(String sid, String who) {
        if (stage.service().participants().find(sid, who) == null) {
            try {
                stage.service().participants().add(cause(), sid, ParticipantDraft.chat(who));
            } catch (TwilioFault fault) {
                ignoreOnly(THERE_ALREADY, fault);
            }
        }
    }

    /** Somebody else was faster, which is just as good. */
    private static void ignoreOnly(int code, TwilioFault fault) {
        if (fault.code() != code) {
            throw fault;
        }
    }
}
