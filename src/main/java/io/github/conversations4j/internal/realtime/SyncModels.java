package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.json.MalformedResourceException;
import io.github.conversations4j.internal.json.Resource;
import io.github.conversations4j.internal.realtime.sync.SyncItem;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationSnapshot.LastMessage;
import io.github.conversations4j.model.ConversationSnapshot.MyConversation;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.DeliverySummary;
import io.github.conversations4j.model.DeliverySummary.Share;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what Sync objects of Conversations hold into model records. Stateless. */
final class SyncModels {
    private static final String CHAT = "chat";

    private SyncModels() {}

    /** Reads an item of the own user's conversations. */
    static MyConversation mine(JsonNode item) {
        Resource from = new Resource(item);
        return new MyConversation(
                "joined".equals(from.text("status")),
                from.constant("notificationLevel", NotificationLevel.class),
                from.integer("lastConsumedMessageIndex"));
    }

    /** Reads an entry of the own user's conversations as the REST list gives it. */
    static MyConversation mineFromRest(JsonNode entry) {
        Resource from = new Resource(entry);
        return new MyConversation(
                "joined".equals(from.text("status")),
                from.constant("notification_level", NotificationLevel.class),
                from.integer("last_read_message_index"));
    }

    /** Reads the document of a conversation. */
    static ConversationSnapshot conversation(String sid, JsonNode document, @Nullable MyConversation mine) {
        Resource from = new Resource(document);
        String state = from.object("state").text("current");
        return ConversationSnapshot.builder(sid)
                .friendlyName(from.text("friendlyName"))
                .uniqueName(from.text("uniqueName"))
                .attributes(from.attributes("attributes"))
                .state(state == null ? ConversationState.UNKNOWN : ConversationState.of(state))
                .createdBy(from.text("createdBy"))
                .dateCreated(from.date("dateCreated"))
                .dateUpdated(from.date("dateUpdated"))
                .lastMessage(lastMessage(from.object("lastMessage")))
                .mine(mine)
                .build();
    }

    private static @Nullable LastMessage lastMessage(Resource from) {
        Integer index = from.integer("index");
        return index == null ? null : new LastMessage(index, from.date("timestamp"));
    }

    /**
     * Reads an item of a list of messages.
     *
     * @throws MalformedResourceException if it has no SID or its index is no number
     */
    static Message message(String conversationSid, String index, JsonNode item) {
        Resource from = new Resource(item);
        return Message.builder(from.required("sid"), conversationSid, index(index))
                .author(from.text("author"))
                .body(from.text("text"))
                .attributes(from.attributes("attributes"))
                .media(media(item))
                .participantSid(from.text("memberSid"))
                .dateCreated(from.date("timestamp"))
                .dateUpdated(from.date("dateUpdated"))
                .delivery(delivery(from.object("delivery")))
                .contentSid(from.text("contentSid"))
                .subject(from.text("subject"))
                .lastUpdatedBy(from.text("lastUpdatedBy"))
                .build();
    }

    static Message message(String conversationSid, SyncItem item) {
        return message(conversationSid, item.key(), item.data());
    }

    private static int index(String key) {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException e) {
            throw new MalformedResourceException("an item of a list has an index that is no number");
        }
    }

    private static List<Media> media(JsonNode item) {
        JsonNode several = item.path("medias");
        if (several.isEmpty()) {
            JsonNode one = item.path("media");
            return one.path("sid").isTextual() ? List.of(medium(one)) : List.of();
        }
        List<Media> media = new ArrayList<>(several.size());
        several.forEach(each -> media.add(medium(each)));
        return media;
    }

    private static Media medium(JsonNode node) {
        Resource from = new Resource(node);
        return new Media(
                from.required("sid"),
                from.text("filename"),
                from.text("contentType"),
                from.longInteger("size"),
                from.text("category"));
    }

    /** Counts only if it is whole, as for the official client. */
    private static @Nullable DeliverySummary delivery(Resource from) {
        Integer total = from.integer("total");
        Share sent = from.constant("sent", Share.class);
        Share delivered = from.constant("delivered", Share.class);
        Share read = from.constant("read", Share.class);
        Share failed = from.constant("failed", Share.class);
        Share undelivered = from.constant("undelivered", Share.class);
        if (total == null
                || total <= 0
                || sent == null
                || delivered == null
                || read == null
                || failed == null
                || undelivered == null) {
            return null;
        }
        return new DeliverySummary(total, sent, delivered, read, failed, undelivered);
    }

    /** Reads an item of a roster. */
    static Participant participant(String conversationSid, String sid, JsonNode item) {
        Resource from = new Resource(item);
        return Participant.builder(sid, conversationSid)
                .identity(from.text("identity"))
                .attributes(from.attributes("attributes"))
                .roleSid(from.text("roleSid"))
                .messagingBinding(binding(from))
                .lastReadMessageIndex(from.integer("lastConsumedMessageIndex"))
                .lastReadTimestamp(dateOrMillis(item, "lastConsumptionTimestamp"))
                .dateCreated(from.date("dateCreated"))
                .dateUpdated(from.date("dateUpdated"))
                .build();
    }

    private static @Nullable Instant dateOrMillis(JsonNode item, String field) {
        JsonNode value = item.path(field);
        return value.isIntegralNumber() && value.canConvertToLong()
                ? Instant.ofEpochMilli(value.longValue())
                : new Resource(item).date(field);
    }

    /** The names inside of a binding are those of REST; that the realtime service has the same is an assumption. */
    private static @Nullable MessagingBinding binding(Resource from) {
        String type = from.text("type");
        if (type == null || type.equals(CHAT)) {
            return null;
        }
        Resource binding = from.object("bindings").object(type);
        return new MessagingBinding(
                type.toLowerCase(Locale.ROOT),
                binding.text("address"),
                binding.text("proxy_address"),
                binding.text("projected_address"));
    }

    /** Reads the name map of a user; each item wraps its value. */
    static User user(
            String identity, @Nullable JsonNode name, @Nullable JsonNode attributes, @Nullable JsonNode reach) {
        User.Builder user = User.builder(identity);
        if (name != null) {
            user.friendlyName(name.path("value").textValue());
        }
        user.attributes(attributes == null ? Attributes.EMPTY : new Resource(attributes).attributes("value"));
        if (reach != null) {
            user.online(new Resource(reach).bool("online")).notifiable(new Resource(reach).bool("notifiable"));
        }
        return user.build();
    }
}
