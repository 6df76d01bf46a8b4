package io.github.conversations4j.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.api.ConversationsApi.StoredFile;
import io.github.conversations4j.model.ContentTemplate;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationSnapshot.MyConversation;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.DeliveryStatus;
import io.github.conversations4j.model.DeliverySummary;
import io.github.conversations4j.model.DeliverySummary.Share;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.Role;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.model.User;
import io.github.conversations4j.model.UserConversation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decodes the resources of the Conversations API, with Twilio's field names. Stateless. */
public final class Resources {
    private Resources() {}

    /**
     * Reads a conversation.
     *
     * @param node the JSON object
     * @return the record
     * @throws MalformedResourceException if something is missing without which it is none
     */
    public static ConversationSnapshot conversation(JsonNode node) {
        Resource from = new Resource(node);
        return common(from, ConversationSnapshot.builder(from.required("sid")), from.text("state"))
                .messagingServiceSid(from.text("messaging_service_sid"))
                .build();
    }

    private static ConversationSnapshot.Builder common(
            Resource from, ConversationSnapshot.Builder builder, @Nullable String state) {
        Resource timers = from.object("timers");
        return builder.serviceSid(from.text("chat_service_sid"))
                .friendlyName(from.text("friendly_name"))
                .uniqueName(from.text("unique_name"))
                .attributes(from.attributes("attributes"))
                .state(state == null ? ConversationState.UNKNOWN : ConversationState.of(state))
                .dateCreated(from.date("date_created"))
                .dateUpdated(from.date("date_updated"))
                .dateInactive(timers.date("date_inactive"))
                .dateClosed(timers.date("date_closed"));
    }

    /**
     * Reads what a conversation is to a user.
     *
     * @param node the JSON object
     * @return the record
     * @throws MalformedResourceException if something is missing without which it is none
     */
    public static UserConversation userConversation(JsonNode node) {
        Resource from = new Resource(node);
        MyConversation mine = new MyConversation(
                true,
                from.constant("notification_level", NotificationLevel.class),
                from.integer("last_read_message_index"));
        ConversationSnapshot conversation = common(
                        from,
                        ConversationSnapshot.builder(from.required("conversation_sid")),
                        // REST's name, and the tunnel's.
                        from.text(node.has("conversation_state") ? "conversation_state" : "state"))
                .createdBy(from.text("created_by"))
                .mine(mine)
                .build();
        return new UserConversation(
                conversation, Unread.of(from.integer("unread_messages_count")), from.text("participant_sid"));
    }

    /**
     * Reads a message.
     *
     * @param node the JSON object
     * @return the record
     * @throws MalformedResourceException if something is missing without which it is none
     */
    public static Message message(JsonNode node) {
        Resource from = new Resource(node);
        return Message.builder(from.required("sid"), from.required("conversation_sid"), from.requiredInt("index"))
                .author(from.text("author"))
                .body(from.text("body"))
                .attributes(from.attributes("attributes"))
                .media(media(node.path("media")))
                .participantSid(from.text("participant_sid"))
                .dateCreated(from.date("date_created"))
                .dateUpdated(from.date("date_updated"))
                .delivery(delivery(from.object("delivery")))
                .contentSid(from.text("content_sid"))
                .build();
    }

    private static List<Media> media(JsonNode list) {
        List<Media> media = new ArrayList<>(list.size());
        list.forEach(node -> media.add(media(new Resource(node))));
        return media;
    }

    private static Media media(Resource from) {
        return new Media(
                from.required("sid"),
                from.text("filename"),
                from.text("content_type"),
                from.longInteger("size"),
                from.text("category"));
    }

    /**
     * Reads a file of the media service.
     *
     * @param node the JSON object
     * @return the file and its temporary link
     * @throws MalformedResourceException if something is missing without which it is none
     */
    public static StoredFile file(JsonNode node) {
        Resource from = new Resource(node);
        String link = from.object("links").required("content_direct_temporary");
        try {
            return new StoredFile(media(from), new URI(link));
        } catch (URISyntaxException e) {
            throw new MalformedResourceException("links.content_direct_temporary is no address");
        }
    }

    private static @Nullable DeliverySummary delivery(Resource from) {
        Integer total = from.integer("total");
        if (total == null) {
            return null;
        }
        return new DeliverySummary(
                total,
                share(from, "sent"),
                share(from, "delivered"),
                share(from, "read"),
                share(from, "failed"),
                share(from, "undelivered"));
    }

    private static Share share(Resource from, String field) {
        Share share = from.constant(field, Share.class);
        return share == null ? Share.NONE : share;
    }

    /**
     * Reads a participant.
     *
     * @param node the JSON object
     * @return the record
     * @throws MalformedResourceException if something is missing without which it is none
     */
    public static Participant participant(JsonNode node) {
        Resource from = new Resource(node);
        return Participant.builder(from.required("sid"), from.required("conversation_sid"))
                .identity(from.text("identity"))
                .attributes(from.attributes("attributes"))
                .roleSid(from.text("role_sid"))
                .messagingBinding(binding(from.object("messaging_binding")))
                .lastReadMessageIndex(from.integer("last_read_message_index"))
                .lastReadTimestamp(from.date("last_read_timestamp"))
                .dateCreated(from.date("date_created"))
                .dateUpdated(from.date("date_updated"))
                .build();
    }

    private static @Nullable MessagingBinding binding(Resource from) {
        if (!from.isObject()) {
            return null;
        }
        String type = from.text("type");
        return new MessagingBinding(
                type == null ? null : type.toLowerCase(Locale.ROOT),
                from.text("address"),
                from.text("proxy_address"),
                from.text("projected_address"));
    }

    /**
     * Reads a receipt.
     *
     * @param node the JSON object
     * @return the record
     * @throws MalformedResourceException if something is missing without which it is none
     */
    public static DeliveryReceipt receipt(JsonNode node) {
        Resource from = new Resource(node);
        String status = from.text("status");
        return DeliveryReceipt.builder(
                        from.required("sid"),
                        from.required("conversation_sid"),
                        from.required("message_sid"),
                        status == null ? DeliveryStatus.UNKNOWN : DeliveryStatus.of(status))
                .participantSid(from.text("participant_sid"))
                .channelMessageSid(from.text("channel_message_sid"))
                .errorCode(from.integer("error_code"))
                .dateCreated(from.date("date_created"))
                .dateUpdated(from.date("date_updated"))
                .build();
    }

    /**
     * Reads a user.
     *
     * @param node the JSON object
     * @return the record
     * @throws MalformedResourceException if something is missing without which it is none
     */
    public static User user(JsonNode node) {
        Resource from = new Resource(node);
        return User.builder(from.required("identity"))
                .sid(from.text("sid"))
                .friendlyName(from.text("friendly_name"))
                .attributes(from.attributes("attributes"))
                .roleSid(from.text("role_sid"))
                .online(from.bool("is_online"))
                .notifiable(from.bool("is_notifiable"))
                .dateCreated(from.date("date_created"))
                .dateUpdated(from.date("date_updated"))
                .build();
    }

    /**
     * Reads where somebody takes part.
     *
     * @param node the JSON object
     * @return the record
     * @throws MalformedResourceException if something is missing without which it is none
     */
    public static ConversationSnapshot participantConversation(JsonNode node) {
        Resource from = new Resource(node);
        String state = from.text("conversation_state");
        Resource timers = from.object("conversation_timers");
        return ConversationSnapshot.builder(from.required("conversation_sid"))
                .serviceSid(from.text("chat_service_sid"))
                .friendlyName(from.text("conversation_friendly_name"))
                .uniqueName(from.text("conversation_unique_name"))
                .attributes(from.attributes("conversation_attributes"))
                .state(state == null ? ConversationState.UNKNOWN : ConversationState.of(state))
                .createdBy(from.text("conversation_created_by"))
                .dateCreated(from.date("conversation_date_created"))
                .dateUpdated(from.date("conversation_date_updated"))
                .dateInactive(timers.date("date_inactive"))
                .dateClosed(timers.date("date_closed"))
                .build();
    }

    /**
     * Reads a role.
     *
     * @param node the JSON object
     * @return the record
     * @throws MalformedResourceException if something is missing without which it is none
     */
    public static Role role(JsonNode node) {
        Resource from = new Resource(node);
        Set<String> permissions = new LinkedHashSet<>();
        node.path("permissions").forEach(permission -> permissions.add(permission.asText()));
        return new Role(
                from.required("sid"),
                from.text("friendly_name"),
                Role.Scope.of(from.required("type")),
                permissions,
                from.date("date_created"),
                from.date("date_updated"));
    }

    /**
     * Reads a content template.
     *
     * @param node the JSON object
     * @return the record
     * @throws MalformedResourceException if something is missing without which it is none
     */
    public static ContentTemplate template(JsonNode node) {
        Resource from = new Resource(node);
        return new ContentTemplate(
                from.required("sid"),
                from.text("friendly_name"),
                ContentJson.variables(node.path("variables")),
                ContentJson.variants(node.path("types")),
                from.date("date_created"),
                from.date("date_updated"));
    }
}
