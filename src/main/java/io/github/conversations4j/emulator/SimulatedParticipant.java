package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.ConversationDraft;
import io.github.conversations4j.internal.emulator.state.MediaFiles;
import io.github.conversations4j.internal.emulator.state.MessageDraft;
import io.github.conversations4j.internal.emulator.state.ParticipantDraft;
import io.github.conversations4j.internal.emulator.state.Reading;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.StoredMedia;
import io.github.conversations4j.internal.emulator.state.StoredMessage;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.model.NotificationLevel;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A simulated person in one conversation. Each act is done when its method returns, and throws {@link
 * io.github.conversations4j.error.TwilioApiException} for what Twilio would refuse. Thread-safe.
 */
public final class SimulatedParticipant {
    private static final int NAME_TAKEN = 50353;
    private static final int THERE_ALREADY = 50433;

    private final Stage stage;
    private final ChatService service;
    private final String identity;
    private final String conversation;
    private final Cause cause;

    /** The newest message of this person from here, written by whoever lets it speak. */
    private volatile @Nullable String lastMessageSid;

    SimulatedParticipant(Stage stage, String identity, String conversation) {
        this.stage = stage;
        this.service = stage.service();
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
        return act("joins", sid -> sid);
    }

    /**
     * Leaves the conversation.
     *
     * @return this
     */
    public SimulatedParticipant leaves() {
        return act("leaves", sid -> {
            service.participants().remove(cause, sid, identity);
            return sid;
        });
    }

    /**
     * Types: everybody else in the conversation who is connected is shown that, for as long as the service says.
     *
     * @return this
     */
    public SimulatedParticipant types() {
        return act("types", sid -> {
            stage.typing().accept(identity, sid);
            return sid;
        });
    }

    /**
     * Sends a message.
     *
     * @param text what it says
     * @return this
     */
    public SimulatedParticipant says(String text) {
        return send(MessageDraft.text(text));
    }

    /**
     * Sends a message with attributes.
     *
     * @param text what it says
     * @param json the attributes as JSON text
     * @return this
     */
    public SimulatedParticipant says(String text, String json) {
        return send(MessageDraft.text(text).attributes(json));
    }

    /**
     * Sends a file.
     *
     * @param filename its name
     * @param contentType its type, for example {@code image/png}
     * @param bytes its content
     * @return this
     */
    public SimulatedParticipant sends(String filename, String contentType, byte[] bytes) {
        MediaFiles.Upload upload = new MediaFiles.Upload(filename, contentType, "media", identity, bytes.clone());
        StoredMedia file = stage.act(
                identity + " uploads " + filename, () -> service.media().add(cause, upload));
        return send(new MessageDraft().mediaSids(List.of(file.sid())));
    }

    private SimulatedParticipant send(MessageDraft draft) {
        return act("sends a message", sid -> {
            StoredMessage message = service.messages().add(cause, sid, draft);
            lastMessageSid = message.sid();
            return message;
        });
    }

    /**
     * Changes the text of a message.
     *
     * @param messageSid the message, {@code IM…}
     * @param text what it shall say
     * @return this
     */
    public SimulatedParticipant edits(String messageSid, String text) {
        return act(
                "edits a message", sid -> service.messages().update(cause, sid, messageSid, MessageDraft.text(text)));
    }

    /**
     * Deletes a message.
     *
     * @param messageSid the message, {@code IM…}
     * @return this
     */
    public SimulatedParticipant removes(String messageSid) {
        return act("removes a message", sid -> {
            service.messages().delete(cause, sid, messageSid);
            return sid;
        });
    }

    /**
     * Has read everything up to a message.
     *
     * @param index the index of the last read message
     * @return this
     */
    public SimulatedParticipant reads(long index) {
        return attend("reads", new Reading(index, null), null);
    }

    /**
     * Has read everything there is; does nothing while there is nothing.
     *
     * @return this
     */
    public SimulatedParticipant readsAll() {
        return act("reads everything", sid -> {
            StoredMessage last = service.messages().last(sid);
            return last == null
                    ? sid
                    : service.users().attend(cause, identity, sid, new Reading(last.index(), null), null);
        });
    }

    /**
     * Wants everything to count as never read.
     *
     * @return this
     */
    public SimulatedParticipant readsNothing() {
        return attend("marks everything unread", new Reading(null, null), null);
    }

    /**
     * Wants no notifications of this conversation.
     *
     * @return this
     */
    public SimulatedParticipant mutes() {
        return attend("mutes", null, NotificationLevel.MUTED);
    }

    /**
     * Wants notifications of this conversation again.
     *
     * @return this
     */
    public SimulatedParticipant unmutes() {
        return attend("unmutes", null, NotificationLevel.DEFAULT);
    }

    private SimulatedParticipant attend(String what, @Nullable Reading reading, @Nullable NotificationLevel level) {
        return act(what, sid -> service.users().attend(cause, identity, sid, reading, level));
    }

    /**
     * Renames the conversation.
     *
     * @param friendlyName the name for people
     * @return this
     */
    public SimulatedParticipant renames(String friendlyName) {
        return act(
                "renames the conversation",
                sid -> service.conversations().update(cause, sid, new ConversationDraft().friendlyName(friendlyName)));
    }

    /**
     * Adds somebody else to the conversation.
     *
     * @param other the identity
     * @return this
     */
    public SimulatedParticipant adds(String other) {
        return act("adds " + other, sid -> service.participants().add(cause, sid, ParticipantDraft.chat(other)));
    }

    /**
     * Removes somebody else from the conversation.
     *
     * @param other the identity
     * @return this
     */
    public SimulatedParticipant dismisses(String other) {
        return act("dismisses " + other, sid -> {
            service.participants().remove(cause, sid, other);
            return sid;
        });
    }

    /**
     * Gives the conversation; joins it first.
     *
     * @return {@code CH…}
     */
    public String conversationSid() {
        return stage.act(identity + " joins " + conversation, this::enter);
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

    private SimulatedParticipant act(String what, Function<String, ?> act) {
        stage.act(identity + " " + what + " in " + conversation, () -> act.apply(enter()));
        return this;
    }

    /** Makes what is missing: user, conversation, participant, and the others of a conversation that was made. */
    private String enter() {
        service.users().ensure(cause, identity);
        StoredConversation there = service.conversations().find(conversation);
        if (there != null) {
            join(there.sid(), identity);
            return there.sid();
        }
        String sid = make();
        join(sid, identity);
        stage.guests().forEach(guest -> join(sid, guest));
        return sid;
    }

    private String make() {
        try {
            return service.conversations()
                    .create(
                            cause,
                            new ConversationDraft().uniqueName(conversation).friendlyName(conversation))
                    .sid();
        } catch (TwilioFault fault) {
            ignoreOnly(NAME_TAKEN, fault);
            return service.conversations().get(conversation).sid();
        }
    }

    private void join(String sid, String who) {
        if (service.participants().find(sid, who) == null) {
            try {
                service.participants().add(cause, sid, ParticipantDraft.chat(who));
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
