package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.ConversationDraft;
import io.github.conversations4j.internal.emulator.state.MessageDraft;
import io.github.conversations4j.internal.emulator.state.ParticipantDraft;
import io.github.conversations4j.internal.emulator.state.Reading;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.StoredMessage;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A simulated person in one conversation. Each act is done when its method returns, and throws what Twilio would refuse
 * it with. Thread-safe.
 */
public final class SimulatedParticipant {
    private static final int NAME_TAKEN = 50353;
    private static final int THERE_ALREADY = 50433;

    private final ChatService service;
    private final String identity;
    private final String conversation;
    private final Cause cause;
    private final BiConsumer<String, String> typing;

    /** The newest message of this person from here, written by whoever lets it speak. */
    private volatile @Nullable String lastMessageSid;

    SimulatedParticipant(ChatService service, String identity, String conversation, BiConsumer<String, String> typing) {
        this.typing = typing;
        this.service = service;
        this.identity = identity;
        this.conversation = conversation;
        this.cause = Cause.sdk(identity);
    }

    /**
     * Joins the conversation; does nothing if the person is in it.
     *
     * @return this
     */
    public SimulatedParticipant joins() {
        enter();
        return this;
    }

    /**
     * Leaves the conversation.
     *
     * @return this
     */
    public SimulatedParticipant leaves() {
        service.participants().remove(cause, enter(), identity);
        return this;
    }

    /**
     * Sends a message.
     *
     * @param text what it says
     * @return this
     */
    public SimulatedParticipant says(String text) {
        StoredMessage message = service.messages().add(cause, enter(), MessageDraft.text(text));
        lastMessageSid = message.sid();
        return this;
    }

    /**
     * Types: everybody else in the conversation who is connected is shown that, for as long as the service says.
     *
     * @return this
     */
    public SimulatedParticipant types() {
        typing.accept(identity, enter());
        return this;
    }

    /**
     * Changes the text of a message.
     *
     * @param messageSid the message, {@code IM…}
     * @param text what it shall say
     * @return this
     */
    public SimulatedParticipant edits(String messageSid, String text) {
        service.messages().update(cause, enter(), messageSid, MessageDraft.text(text));
        return this;
    }

    /**
     * Deletes a message.
     *
     * @param messageSid the message, {@code IM…}
     * @return this
     */
    public SimulatedParticipant removes(String messageSid) {
        service.messages().delete(cause, enter(), messageSid);
        return this;
    }

    /**
     * Has read everything up to a message.
     *
     * @param index the index of the last read message
     * @return this
     */
    public SimulatedParticipant reads(long index) {
        service.users().attend(cause, identity, enter(), new Reading(index, null), null);
        return this;
    }

    /**
     * Gives the conversation; joins it first.
     *
     * @return {@code CH…}
     */
    public String conversationSid() {
        return enter();
    }

    /**
     * Gives the message that the person sent last from here, to change or delete it.
     *
     * @return {@code IM…}
     * @throws IllegalStateException if the person has said nothing
     */
    public String lastMessageSid() {
        String sid = lastMessageSid;
        if (sid == null) {
            throw new IllegalStateException(identity + " has said nothing in " + conversation + " yet");
        }
        return sid;
    }

    /** Makes what is missing: user, conversation, participant. */
    private String enter() {
        service.users().ensure(cause, identity);
        String sid = find().sid();
        if (service.participants().find(sid, identity) == null) {
            try {
                service.participants().add(cause, sid, ParticipantDraft.chat(identity));
            } catch (TwilioFault fault) {
                ignoreOnly(THERE_ALREADY, fault);
            }
        }
        return sid;
    }

    private StoredConversation find() {
        StoredConversation found = service.conversations().find(conversation);
        if (found != null) {
            return found;
        }
        try {
            return service.conversations()
                    .create(
                            cause,
                            new ConversationDraft().uniqueName(conversation).friendlyName(conversation));
        } catch (TwilioFault fault) {
            ignoreOnly(NAME_TAKEN, fault);
            return service.conversations().get(conversation);
        }
    }

    /** Somebody else was faster, which is just as good. */
    private static void ignoreOnly(int code, TwilioFault fault) {
        if (fault.code() != code) {
            throw fault;
        }
    }
}
