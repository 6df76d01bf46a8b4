package io.github.conversations4j.internal.source;

import io.github.conversations4j.event.ConversationUpdateReason;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.ParticipantUpdateReason;
import io.github.conversations4j.event.UserUpdateReason;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationSnapshot.MyConversation;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.User;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one kind of resource, each with the reason that an update gives when it changed. Immutable.
 *
 * @param reasons the enum of reasons
 * @param fields every field that a reason exists for
 * @param <T> the resource
 * @param <R> the reasons
 */
public record Fields<T, R extends Enum<R>>(Class<R> reasons, List<Field<T, R>> fields) {
    /** Of a message. */
    public static final Fields<Message, MessageUpdateReason> MESSAGE = new Fields<>(
            MessageUpdateReason.class,
            List.of(
                    new Field<>(MessageUpdateReason.BODY, Message::body),
                    new Field<>(MessageUpdateReason.AUTHOR, Message::author),
                    new Field<>(MessageUpdateReason.ATTRIBUTES, Message::attributes),
                    new Field<>(MessageUpdateReason.MEDIA, Message::media),
                    new Field<>(MessageUpdateReason.SUBJECT, Message::subject),
                    new Field<>(MessageUpdateReason.DELIVERY_RECEIPT, Message::delivery),
                    new Field<>(MessageUpdateReason.LAST_UPDATED_BY, Message::lastUpdatedBy),
                    new Field<>(MessageUpdateReason.DATE_CREATED, Message::dateCreated),
                    new Field<>(MessageUpdateReason.DATE_UPDATED, Message::dateUpdated)));

    /** Of a participant. */
    public static final Fields<Participant, ParticipantUpdateReason> PARTICIPANT = new Fields<>(
            ParticipantUpdateReason.class,
            List.of(
                    new Field<>(ParticipantUpdateReason.ATTRIBUTES, Participant::attributes),
                    new Field<>(ParticipantUpdateReason.ROLE_SID, Participant::roleSid),
                    new Field<>(ParticipantUpdateReason.BINDINGS, Participant::messagingBinding),
                    // Everybody begins without one and nobody takes it away in silence, so one that appears is news.
                    new Field<>(
                            ParticipantUpdateReason.LAST_READ_MESSAGE_INDEX, Participant::lastReadMessageIndex, true),
                    new Field<>(ParticipantUpdateReason.LAST_READ_TIMESTAMP, Participant::lastReadTimestamp),
                    new Field<>(ParticipantUpdateReason.DATE_CREATED, Participant::dateCreated),
                    new Field<>(ParticipantUpdateReason.DATE_UPDATED, Participant::dateUpdated)));

    /** Of a conversation, its place in the list of the own user included. */
    public static final Fields<ConversationSnapshot, ConversationUpdateReason> CONVERSATION = new Fields<>(
            ConversationUpdateReason.class,
            List.of(
                    new Field<>(ConversationUpdateReason.FRIENDLY_NAME, ConversationSnapshot::friendlyName),
                    new Field<>(ConversationUpdateReason.UNIQUE_NAME, ConversationSnapshot::uniqueName),
                    new Field<>(ConversationUpdateReason.ATTRIBUTES, ConversationSnapshot::attributes),
                    new Field<>(ConversationUpdateReason.STATE, ConversationSnapshot::state),
                    new Field<>(ConversationUpdateReason.CREATED_BY, ConversationSnapshot::createdBy),
                    new Field<>(ConversationUpdateReason.LAST_MESSAGE, ConversationSnapshot::lastMessage),
                    new Field<>(ConversationUpdateReason.STATUS, mine(MyConversation::joined)),
                    new Field<>(ConversationUpdateReason.NOTIFICATION_LEVEL, mine(MyConversation::notificationLevel)),
                    new Field<>(
                            ConversationUpdateReason.LAST_READ_MESSAGE_INDEX,
                            mine(MyConversation::lastReadMessageIndex)),
                    new Field<>(ConversationUpdateReason.DATE_CREATED, ConversationSnapshot::dateCreated),
                    new Field<>(ConversationUpdateReason.DATE_UPDATED, ConversationSnapshot::dateUpdated)));

    /** Of a user. */
    public static final Fields<User, UserUpdateReason> USER = new Fields<>(
            UserUpdateReason.class,
            List.of(
                    new Field<>(UserUpdateReason.FRIENDLY_NAME, User::friendlyName),
                    new Field<>(UserUpdateReason.ATTRIBUTES, User::attributes),
                    new Field<>(UserUpdateReason.REACHABILITY_ONLINE, User::online),
                    new Field<>(UserUpdateReason.REACHABILITY_NOTIFIABLE, User::notifiable)));

    private static Function<ConversationSnapshot, @Nullable Object> mine(
            Function<MyConversation, @Nullable Object> field) {
        return conversation -> conversation.mine() == null ? null : field.apply(conversation.mine());
    }

    /**
     * What changed.
     *
     * @param before the former state
     * @param now the new state
     * @param sameSource whether one source saw both. If not, a field that is absent on one side tells nothing, since
     *     sources leave out different ones, and dates count in whole seconds, since REST has no finer ones
     * @return the reasons; {@link #unknown()} alone if something changed that no reason exists for; empty if nothing did
     */
    public Set<R> changed(T before, T now, boolean sameSource) {
        EnumSet<R> changed = EnumSet.noneOf(reasons);
        for (Field<T, R> field : fields) {
            Object old = field.get().apply(before);
            Object young = field.get().apply(now);
            boolean appeared = field.beginsAbsent() && old == null && young != null;
            if (appeared || (sameSource ? !Objects.equals(old, young) : differ(old, young))) {
                changed.add(field.reason());
            }
        }
        if (sameSource && changed.isEmpty() && !Objects.equals(before, now)) {
            changed.add(unknown());
        }
        return changed;
    }

    /**
     * The reason of an update about which nobody says more.
     *
     * @return the constant UNKNOWN, which every enum of reasons has
     */
    public R unknown() {
        return Enum.valueOf(reasons, "UNKNOWN");
    }

    private static boolean differ(@Nullable Object old, @Nullable Object young) {
        if (old == null || young == null) {
            return false;
        }
        if (old instanceof Instant before && young instanceof Instant now) {
            return !before.truncatedTo(ChronoUnit.SECONDS).equals(now.truncatedTo(ChronoUnit.SECONDS));
        }
        return !old.equals(young)
                && !(old instanceof Attributes before && young instanceof Attributes now && sameJson(before, now));
    }

    // Where one source has a text the other may have an object, written out in another order.
    private static boolean sameJson(Attributes before, Attributes now) {
        return before.isValid() && now.isValid() && before.asJson().equals(now.asJson());
    }

    /**
     * One field.
     *
     * @param reason the reason that stands for it
     * @param get reads it
     * @param beginsAbsent whether it is absent at first whoever tells it, so that its first value is a change
     * @param <T> the resource
     * @param <R> the reasons
     */
    public record Field<T, R>(R reason, Function<T, @Nullable Object> get, boolean beginsAbsent) {
        Field(R reason, Function<T, @Nullable Object> get) {
            this(reason, get, false);
        }
    }
}
