package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.internal.emulator.state.Cause.Origin;
import io.github.conversations4j.internal.emulator.state.Change.OfMessage;
import io.github.conversations4j.model.Media;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The messages of a service: commands and queries. Thread-safe. */
public final class Messages {
    private final ServiceState state;

    Messages(ServiceState state) {
        this.state = state;
    }

    /**
     * Stores a message. It wakes an inactive conversation.
     *
     * @param cause who acts; at a client SDK or a channel that is the author, whatever the draft says
     * @param conversation SID or unique name
     * @param draft what it shall be
     * @return the message with its index
     * @throws TwilioFault if the conversation is not there or closed, or a rule forbids it
     */
    public StoredMessage add(Cause cause, String conversation, MessageDraft draft) {
        return state.perform(verdict -> {
            Room room = state.room(conversation);
            room.requireOpen();
            state.rights.require(
                    cause, room, draft.mediaSids.isEmpty() ? Right.SEND_MESSAGE : Right.SEND_MEDIA_MESSAGE);
            if (cause.origin() == Origin.SDK) {
                state.rights.member(cause, room);
            }
            StoredMessage message = compose(cause, room, draft, verdict);
            Function<Stamp, Change> change = stamp -> new OfMessage(stamp, room.conversation, null, message);
            return new Step<>(change.apply(state.draft(cause, room.hooks)), () -> {
                room.messages.add(message.sid(), message.index(), message);
                room.nextIndex = message.index() + 1 + state.world.gaps().get().after(room.sid());
                keepRichBody(message);
                MediaFiles.attach(state, cause, message);
                state.timekeeper.restart(room);
                state.record(cause, room, change);
                state.timekeeper.wake(cause, room);
                return message;
            });
        });
    }

    /**
     * Changes a message.
     *
     * @param cause who acts
     * @param conversation SID or unique name
     * @param sid the message
     * @param draft what it shall be; only author, body, subject, attributes and dates count
     * @return the message as it is now
     * @throws TwilioFault if it is not there, or a rule forbids it
     */
    public StoredMessage update(Cause cause, String conversation, String sid, MessageDraft draft) {
        return state.perform(verdict -> {
            Room room = state.room(conversation);
            StoredMessage before = room.message(sid);
            room.requireOpen();
            requireRights(cause, room, before, draft);
            StoredMessage after = change(cause, room, before, draft, verdict);
            Function<Stamp, Change> change = stamp -> new OfMessage(stamp, room.conversation, before, after);
            return new Step<>(change.apply(state.draft(cause, room.hooks)), () -> {
                room.messages.replace(sid, after);
                state.record(cause, room, change);
                return after;
            });
        });
    }

    /**
     * Deletes a message. Its index is not given again.
     *
     * @param cause who acts
     * @param conversation SID or unique name
     * @param sid the message
     * @throws TwilioFault if it is not there, or a rule forbids it
     */
    public void delete(Cause cause, String conversation, String sid) {
        state.perform(verdict -> {
            Room room = state.room(conversation);
            StoredMessage gone = room.message(sid);
            state.rights.requireOwn(cause, room, gone.author(), Right.DELETE_OWN_MESSAGE, Right.DELETE_ANY_MESSAGE);
            Function<Stamp, Change> change = stamp -> new OfMessage(stamp, room.conversation, gone, null);
            return new Step<>(change.apply(state.draft(cause, room.hooks)), () -> {
                room.messages.remove(sid);
                room.receipts.remove(sid);
                MediaFiles.drop(state, cause, gone);
                state.record(cause, room, change);
                return gone;
            });
        });
    }

    /**
     * Finds a message.
     *
     * @param conversation SID or unique name
     * @param sid the message
     * @return the message
     * @throws TwilioFault if it is not there
     */
    public StoredMessage get(String conversation, String sid) {
        return state.read(() -> state.room(conversation).message(sid));
    }

    /**
     * Lists messages by index.
     *
     * @param conversation SID or unique name
     * @param at which page; the place of a cursor is an index
     * @return the page
     * @throws TwilioFault if the conversation is not there
     */
    public ShelfPage<StoredMessage> list(String conversation, PageAt at) {
        return state.read(() -> state.room(conversation).messages.page(at, message -> true));
    }

    /**
     * Finds the newest message.
     *
     * @param conversation SID or unique name
     * @return the message, or null if there is none
     * @throws TwilioFault if the conversation is not there
     */
    public @Nullable StoredMessage last(String conversation) {
        return state.read(() -> state.room(conversation).messages.last());
    }

    /**
     * Counts the messages that are stored.
     *
     * @param conversation SID or unique name
     * @return how many there are, removed ones not counted
     * @throws TwilioFault if the conversation is not there
     */
    public int count(String conversation) {
        return state.read(() -> state.room(conversation).messages.size());
    }

    private StoredMessage compose(Cause cause, Room room, MessageDraft draft, Verdict verdict) {
        if (draft.body == null && draft.mediaSids.isEmpty() && draft.contentSid == null) {
            throw TwilioFault.invalid(50503, "Body, MediaSid or ContentSid must be given");
        }
        Limits limits = state.world.limits();
        Instant now = state.world.now();
        String author = author(cause, draft, verdict, cause.name(), limits);
        StoredParticipant participant = room.author(author);
        String variables = Rules.attributes(draft.contentVariables, "ContentVariables", limits.body(), "");
        String body = verdict.body() == null ? draft.body : verdict.body();
        String attributes = verdict.attributes() == null ? draft.attributes : verdict.attributes();
        // A template takes the place of text and files; nothing is rendered for one that is not here.
        boolean template = draft.contentSid != null && !draft.contentSid.isEmpty();
        StoredTemplate known = state.world.templates().find(draft.contentSid);
        RichBody rich = known == null
                ? null
                : RichBody.of(known, variables, state.world.sids().next("ME"));
        List<Media> media = template ? files(rich) : files(draft);
        return new StoredMessage(
                state.world.sids().next("IM"),
                room.sid(),
                nextIndex(room),
                author,
                participant == null ? null : participant.sid(),
                template ? text(rich) : Rules.body(body, limits.body(), null),
                Rules.text(draft.subject, "Subject", 50504, limits.name(), null),
                media,
                Rules.attributes(attributes, "Attributes", limits.attributes(), "{}"),
                Rules.sid("HX", draft.contentSid, "ContentSid", 50526, null),
                variables.isEmpty() ? null : variables,
                null,
                null,
                draft.dateCreated == null ? now : draft.dateCreated,
                draft.dateUpdated == null ? now : draft.dateUpdated);
    }

    private List<Media> files(MessageDraft draft) {
        return MediaFiles.free(state, draft.mediaSids).stream()
                .map(StoredMedia::media)
                .toList();
    }

    private static List<Media> files(@Nullable RichBody rich) {
        return rich == null ? List.of() : List.of(rich.file());
    }

    private static @Nullable String text(@Nullable RichBody rich) {
        return rich == null ? null : rich.text();
    }

    /** Stores the content of a message from a template, which is rendered the same again. */
    private void keepRichBody(StoredMessage message) {
        StoredTemplate template = state.world.templates().find(message.contentSid());
        if (template != null) {
            String sid = message.media().get(0).sid();
            RichBody rich = RichBody.of(template, message.contentVariables(), sid);
            MediaFiles.keep(state, message, rich);
        }
    }

    private StoredMessage change(Cause cause, Room room, StoredMessage before, MessageDraft draft, Verdict verdict) {
        Limits limits = state.world.limits();
        String body = verdict.body() == null ? draft.body : verdict.body();
        String attributes = verdict.attributes() == null ? draft.attributes : verdict.attributes();
        String author = author(cause, draft, verdict, before.author(), limits);
        if (body != null && !before.media().isEmpty()) {
            throw TwilioFault.invalid(50509, "Body of a message with media cannot be changed");
        }
        return before.with(edit -> {
            if (!author.equals(before.author())) {
                StoredParticipant participant = room.author(author);
                edit.author = author;
                edit.participantSid = participant == null ? null : participant.sid();
            }
            edit.body = Rules.body(body, limits.body(), before.body());
            edit.subject = Rules.text(draft.subject, "Subject", 50504, limits.name(), before.subject());
            edit.attributes = Rules.attributes(attributes, "Attributes", limits.attributes(), before.attributes());
            edit.lastUpdatedBy = cause.name();
            edit.dateCreated = draft.dateCreated == null ? before.dateCreated() : draft.dateCreated;
            edit.dateUpdated = draft.dateUpdated == null ? state.world.now() : draft.dateUpdated;
        });
    }

    /** REST and pre-webhooks may name anybody; a person is always the author of what that person writes. */
    private static String author(Cause cause, MessageDraft draft, Verdict verdict, String otherwise, Limits limits) {
        String wanted = cause.origin() == Origin.API ? draft.author : null;
        String given = verdict.author() == null ? wanted : verdict.author();
        String author = Rules.text(given, "Author", 50310, limits.name(), otherwise);
        return author == null ? otherwise : author;
    }

    private long nextIndex(Room room) {
        long index = room.nextIndex;
        double share = state.world.behaviour().skippedIndexes();
        return share > 0 && index > 0 && state.chance.nextDouble() < share ? index + 1 : index;
    }

    private void requireRights(Cause cause, Room room, StoredMessage before, MessageDraft draft) {
        if (draft.body != null || draft.subject != null) {
            state.rights.requireOwn(cause, room, before.author(), Right.EDIT_OWN_MESSAGE, Right.EDIT_ANY_MESSAGE);
        }
        if (draft.attributes != null) {
            state.rights.requireOwn(
                    cause, room, before.author(), Right.EDIT_OWN_MESSAGE_ATTRIBUTES, Right.EDIT_ANY_MESSAGE_ATTRIBUTES);
        }
    }
}
