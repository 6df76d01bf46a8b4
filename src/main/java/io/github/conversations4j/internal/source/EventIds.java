package io.github.conversations4j.internal.source;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.wire.IsoInstant;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ids of events, the same whichever source sees one: the name of the event and the SID, which can come but once, and
 * for an update a digest of its content as well. The date of the update is part of the content in whole seconds, since
 * REST has no finer ones; it is never alone, since whoever writes can set it.
 *
 * <p>A source that does not see a field that another one sees gives an update another id. Whoever drops duplicates
 * compares states, as the delivery does; the id is for whoever keeps a record of what was handled.
 */
public final class EventIds {
    private static final int DIGEST_BYTES = 12;

    private EventIds() {}

    /**
     * The id of something that happens once to a resource.
     *
     * @param type the kind of event
     * @param sid the resource
     * @return the id
     */
    public static String once(EventType<? extends ConversationsEvent> type, String sid) {
        return type.eventName() + ':' + sid;
    }

    /**
     * The id of a user's coming to be: by SID as far as it is known, since an identity may be used again.
     *
     * @param user the new user
     * @return the id
     */
    public static String added(User user) {
        return once(EventType.USER_ADDED, Objects.requireNonNullElse(user.sid(), user.identity()));
    }

    /**
     * The id of an update of a message.
     *
     * @param message its new state
     * @return the id
     */
    public static String updated(Message message) {
        Object[] media = message.media().stream().map(Media::sid).toArray();
        return update(
                EventType.MESSAGE_UPDATED,
                message.sid(),
                message.dateUpdated(),
                message.body(),
                message.author(),
                message.attributes().json(),
                Arrays.toString(media));
    }

    /**
     * The id of an update of a conversation.
     *
     * @param conversation its new state
     * @return the id
     */
    public static String updated(ConversationSnapshot conversation) {
        return update(
                EventType.CONVERSATION_UPDATED,
                conversation.sid(),
                conversation.dateUpdated(),
                conversation.friendlyName(),
                conversation.uniqueName(),
                conversation.attributes().json(),
                conversation.state());
    }

    /**
     * The id of an update of a participant.
     *
     * @param participant their new state
     * @return the id
     */
    public static String updated(Participant participant) {
        return update(
                EventType.PARTICIPANT_UPDATED,
                participant.sid(),
                participant.dateUpdated(),
                participant.attributes().json(),
                participant.roleSid(),
                participant.messagingBinding(),
                participant.lastReadMessageIndex());
    }

    /**
     * The id of an update of a user.
     *
     * @param user their new state
     * @return the id
     */
    public static String updated(User user) {
        return update(
                EventType.USER_UPDATED,
                user.identity(),
                user.dateUpdated(),
                user.friendlyName(),
                user.attributes().json(),
                user.roleSid(),
                user.online(),
                user.notifiable());
    }

    /**
     * The id of a step of a delivery.
     *
     * @param receipt its new state
     * @return the id
     */
    public static String updated(DeliveryReceipt receipt) {
        return update(
                EventType.DELIVERY_UPDATED,
                receipt.sid(),
                receipt.dateUpdated(),
                receipt.status(),
                receipt.errorCode());
    }

    /**
     * The id of anything else.
     *
     * @param type the kind of event
     * @param sid what it happened to
     * @param time when it happened as its source says; null if it does not say
     * @param content all that tells it from other events of the kind; texts, numbers, enums and records
     * @return the id
     */
    public static String update(
            EventType<? extends ConversationsEvent> type,
            String sid,
            @Nullable Instant time,
            @Nullable Object... content) {
        MessageDigest digest = sha256();
        digest.update(
                Objects.toString(time == null ? null : time.getEpochSecond()).getBytes(StandardCharsets.UTF_8));
        for (Object field : content) {
            byte[] bytes = text(field).getBytes(StandardCharsets.UTF_8);
            // The length keeps ("ab", "c") and ("a", "bc") apart.
            digest.update(new byte[] {(byte) (bytes.length >> 16), (byte) (bytes.length >> 8), (byte) bytes.length});
            digest.update(bytes);
        }
        byte[] start = Arrays.copyOf(digest.digest(), DIGEST_BYTES);
        return type.eventName() + ':' + sid + ':' + Base64.getUrlEncoder().encodeToString(start);
    }

    private static String text(@Nullable Object field) {
        return field instanceof Instant moment ? IsoInstant.text(moment) : String.valueOf(field);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
