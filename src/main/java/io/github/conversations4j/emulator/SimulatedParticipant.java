package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.ConversationDraft;
import io.github.conversations4j.internal.emulator.state.MediaFiles;
import io.github.conversations4j.internal.emulator.state.MessageDraft;
import io.github.conversations4j.internal.emulator.state.ParticipantDraft;
import io.github.conversations4j.internal.emulator.state.Reading;
import io.github.conversations4j.internal.emulator.state.StoredMessage;
import io.github.conversations4j.internal.emulator.state.StoredParticipant;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.NewMedia;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.model.NotificationLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A simulated person in one conversation. Each act is done when its method returns, and throws {@link
 * io.github.conversations4j.error.TwilioApiException} for what Twilio would refuse. Thread-safe.
 */
public final class SimulatedParticipant {
    private final Stage stage;
    private final ChatService service;
    private final String identity;
    private final Entrance entrance;
    private final Cause cause;

    /** Written by whoever gives the conversation another unique name, which ends the old one. */
    private volatile String conversation;

    /** The newest message of this person from here, written by whoever lets it speak. */
    private volatile @Nullable String lastMessageSid;

    SimulatedParticipant(Stage stage, String identity, String conversation) {
        this.stage = stage;
        this.service = stage.service();
        this.identity = identity;
        this.entrance = new Entrance(stage, identity);
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
        return send(new MessageDraft().mediaSids(List.of(upload(filename, contentType, bytes.clone()))));
    }

    /**
     * Sends a message with everything that a client SDK can send.
     *
     * @param message what it says; without an author, since people write in their own name
     * @param files what it shows, besides the files that the message names
     * @return this
     * @throws IllegalArgumentException if it names an author
     * @throws UncheckedIOException if a file cannot be read
     */
    public SimulatedParticipant sends(NewMessage message, NewMedia... files) {
        if (message.author() != null) {
            throw new IllegalArgumentException("author: " + identity + " writes in their own name");
        }
        List<String> media = new ArrayList<>(message.mediaSids());
        for (NewMedia file : files) {
            media.add(upload(file.filename(), file.contentType(), content(file)));
        }
        return send(new MessageDraft()
                .body(message.body())
                .subject(message.subject())
                .attributes(message.attributes().json())
                .mediaSids(media)
                .contentSid(message.contentSid())
                .contentVariables(
                        message.contentVariables().isEmpty()
                                ? null
                                : Attributes.from(message.contentVariables()).json()));
    }

    private static byte[] content(NewMedia file) {
        try (InputStream content = file.open()) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private String upload(@Nullable String filename, String contentType, byte[] bytes) {
        MediaFiles.Upload upload = new MediaFiles.Upload(filename, contentType, "media", identity, bytes);
        return stage.act(
                identity + " uploads " + filename,
                () -> service.media().add(cause, upload).sid());
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
     * Sets the attributes of a message.
     *
     * @param messageSid the message, {@code IM…}
     * @param json the attributes as JSON text
     * @return this
     */
    public SimulatedParticipant setsMessageAttributes(String messageSid, String json) {
        MessageDraft draft = new MessageDraft().attributes(json);
        return act("sets the attributes of a message", sid -> service.messages().update(cause, sid, messageSid, draft));
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
     * Has read up to a message, unless it was further already.
     *
     * @param index the index of the last read message
     * @return this
     */
    public SimulatedParticipant advancesTo(long index) {
        return act("reads on", sid -> service.users().advance(cause, identity, sid, index));
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
     * Gives the conversation another unique name, and goes on in it.
     *
     * @param uniqueName the name for programs
     * @return this
     */
    public SimulatedParticipant renamesUniquely(String uniqueName) {
        return act("gives another unique name", sid -> {
            String now = service.conversations()
                    .update(cause, sid, new ConversationDraft().uniqueName(uniqueName))
                    .uniqueName();
            conversation = now == null ? sid : now;
            return sid;
        });
    }

    /**
     * Sets the attributes of the conversation.
     *
     * @param json the attributes as JSON text
     * @return this
     */
    public SimulatedParticipant setsConversationAttributes(String json) {
        return act(
                "sets the attributes",
                sid -> service.conversations().update(cause, sid, new ConversationDraft().attributes(json)));
    }

    /**
     * Deletes the conversation with everything in it. The next act makes another one.
     *
     * @return this
     */
    public SimulatedParticipant deletesConversation() {
        return act("deletes the conversation", sid -> {
            service.conversations().delete(cause, sid);
            return sid;
        });
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
     * Adds somebody at SMS, WhatsApp or another channel to the conversation.
     *
     * @param address where they are, for example {@code +15550001} or {@code whatsapp:+15550001}
     * @param proxyAddress the Twilio address that they see
     * @return this
     */
    public SimulatedParticipant addsAddress(String address, String proxyAddress) {
        ParticipantDraft draft = new ParticipantDraft().address(address).proxyAddress(proxyAddress);
        return act("adds " + address, sid -> service.participants().add(cause, sid, draft));
    }

    /**
     * Sets the attributes of a participant.
     *
     * @param who the identity or address; the person's own, or somebody else's
     * @param json the attributes as JSON text
     * @return this
     */
    public SimulatedParticipant setsParticipantAttributes(String who, String json) {
        ParticipantDraft draft = new ParticipantDraft().attributes(json);
        return act(
                "sets the attributes of " + who,
                sid -> service.participants().update(cause, sid, participant(sid, who), draft));
    }

    /**
     * Removes somebody else from the conversation.
     *
     * @param other the identity or address
     * @return this
     */
    public SimulatedParticipant dismisses(String other) {
        return act("dismisses " + other, sid -> {
            service.participants().remove(cause, sid, participant(sid, other));
            return sid;
        });
    }

    /** The SID of somebody; what they are called if nobody is called so, which Twilio then refuses. */
    private String participant(String sid, String name) {
        return service.participants().all(sid).stream()
                .filter(participant -> name.equals(participant.name()))
                .map(StoredParticipant::sid)
                .findFirst()
                .orElse(name);
    }

    /**
     * Gives the conversation; joins it first.
     *
     * @return {@code CH…}
     */
    public String conversationSid() {
        return stage.act(identity + " joins " + conversation, () -> entrance.enter(conversation));
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
        stage.act(identity + " " + what + " in " + conversation, () -> act.apply(entrance.enter(conversation)));
        return this;
    }
}
