package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.StoredMessage;
import io.github.conversations4j.internal.emulator.state.StoredParticipant;
import io.github.conversations4j.internal.emulator.state.StoredUser;
import io.github.conversations4j.internal.wire.IsoInstant;
import io.github.conversations4j.model.DeliverySummary;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.MessagingBinding;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The data of Sync objects and items as clients read them. Stateless. */
final class SyncShapes {
    private SyncShapes() {}

    /** Where the last message of a conversation stands. */
    record Last(long index, Instant at) {}

    /** The revision of an object after an event of it. */
    static String revision(long id) {
        return Long.toHexString(id + 1);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode conversation(StoredConversation conversation, @Nullable Last last) {
        ObjectNode json = object().put("sid", conversation.sid())
                .put("friendlyName", conversation.friendlyName())
                .put("uniqueName", conversation.uniqueName())
                .put("attributes", conversation.attributes())
                .put("createdBy", conversation.createdBy())
                .put("dateCreated", IsoInstant.text(conversation.dateCreated()))
                .put("dateUpdated", IsoInstant.text(conversation.dateUpdated()))
                .put("messages", SyncObject.messages(conversation.sid()).name())
                .put("roster", SyncObject.roster(conversation.sid()).name());
        json.putObject("state")
                .put("current", conversation.state().name().toLowerCase(Locale.ROOT))
                .put("dateUpdated", IsoInstant.text(conversation.stateSince()));
        if (last != null) {
            json.putObject("lastMessage").put("index", last.index()).put("timestamp", IsoInstant.text(last.at()));
        }
        if (conversation.email().address() != null) {
            json.putObject("bindings")
                    .putObject("email")
                    .put("name", conversation.email().name())
                    .put("projected_address", conversation.email().address());
        }
        return json;
    }

    /** The item of a conversation in the map of somebody who is in it. */
    static ObjectNode membership(StoredParticipant participant) {
        return object().put(
                        "channel",
                        SyncObject.conversation(participant.conversationSid()).name())
                .put("status", "joined")
                .put("notificationLevel", level(participant))
                .put("lastConsumedMessageIndex", participant.lastReadIndex());
    }

    static String level(StoredParticipant participant) {
        return participant.notificationLevel().name().toLowerCase(Locale.ROOT);
    }

    static ObjectNode participant(StoredParticipant participant, @Nullable StoredUser user) {
        ObjectNode json = object().put("type", participant.channel())
                .put("attributes", participant.attributes())
                .put("roleSid", participant.roleSid())
                .put("dateCreated", IsoInstant.text(participant.dateCreated()))
                .put("dateUpdated", IsoInstant.text(participant.dateUpdated()))
                .put("lastConsumedMessageIndex", participant.lastReadIndex());
        json.put(
                "lastConsumptionTimestamp",
                participant.lastReadAt() == null ? null : IsoInstant.text(participant.lastReadAt()));
        if (participant.identity() != null) {
            json.put("identity", participant.identity());
        }
        if (user != null) {
            json.put("userInfo", SyncObject.user(user.sid()).name());
        }
        MessagingBinding binding = participant.binding();
        if (binding != null && binding.type() != null) {
            json.putObject("bindings")
                    .putObject(binding.type())
                    .put("address", binding.address())
                    .put("proxy_address", binding.proxyAddress());
        }
        return json;
    }

    static ObjectNode message(StoredMessage message) {
        ObjectNode json = object().put("sid", message.sid())
                .put("text", message.body())
                .put("type", message.media().isEmpty() ? "text" : "media")
                .put("author", message.author())
                .put("memberSid", message.participantSid())
                .put("timestamp", IsoInstant.text(message.dateCreated()))
                .put("dateUpdated", IsoInstant.text(message.dateUpdated()))
                .put("lastUpdatedBy", message.lastUpdatedBy())
                .put("attributes", message.attributes())
                .put("subject", message.subject())
                .put("contentSid", message.contentSid())
                .put("channelMetadata", false);
        if (!message.media().isEmpty()) {
            ArrayNode medias = json.putArray("medias");
            message.media().forEach(file -> medias.add(media(file)));
        }
        DeliverySummary delivery = message.delivery();
        if (delivery != null) {
            json.putObject("delivery")
                    .put("total", delivery.total())
                    .put("sent", share(delivery.sent()))
                    .put("delivered", share(delivery.delivered()))
                    .put("read", share(delivery.read()))
                    .put("failed", share(delivery.failed()))
                    .put("undelivered", share(delivery.undelivered()));
        }
        return json;
    }

    private static ObjectNode media(Media file) {
        return object().put("sid", file.sid())
                .put("category", file.category() == null ? "media" : file.category())
                .put("filename", file.filename())
                .put("contentType", file.contentType())
                .put("size", file.size());
    }

    private static String share(DeliverySummary.Share share) {
        return share.name().toLowerCase(Locale.ROOT);
    }

    /** The items of a user's map. */
    enum UserItem {
        FRIENDLY_NAME("friendlyName"),
        ATTRIBUTES("attributes"),
        REACHABILITY("reachability");

        private final String key;

        UserItem(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }

        ObjectNode data(StoredUser user) {
            return switch (this) {
                case FRIENDLY_NAME -> object().put("value", user.friendlyName());
                case ATTRIBUTES -> object().put("value", user.attributes());
                case REACHABILITY ->
                    object().put("online", Boolean.TRUE.equals(user.online()))
                            .put("notifiable", Boolean.TRUE.equals(user.notifiable()));
            };
        }
    }
}
