package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.state.Membership;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.StoredMessage;
import io.github.conversations4j.internal.emulator.state.StoredParticipant;
import io.github.conversations4j.internal.emulator.state.StoredReceipt;
import io.github.conversations4j.internal.emulator.state.StoredTemplate;
import io.github.conversations4j.internal.emulator.state.StoredUser;
import io.github.conversations4j.internal.wire.IsoInstant;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.MessagingBinding;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the API of the client SDKs answers with. Immutable.
 *
 * @param accountSid the account
 * @param serviceSid the service
 */
record ClientShapes(String accountSid, String serviceSid) {
    static final String HOST = "https://aim.us1.twilio.com";

    String base() {
        return HOST + "/Client/v2/Services/" + serviceSid;
    }

    String conversationUrl(String sid) {
        return base() + "/Conversations/" + sid;
    }

    ObjectNode conversation(StoredConversation conversation) {
        String url = conversationUrl(conversation.sid());
        ObjectNode json = start().put("sid", conversation.sid())
                .put("friendly_name", conversation.friendlyName())
                .put("unique_name", conversation.uniqueName())
                .put("attributes", conversation.attributes())
                .put("state", conversation.state().name().toLowerCase(Locale.ROOT))
                .put("created_by", conversation.createdBy())
                .put("date_created", IsoInstant.text(conversation.dateCreated()))
                .put("date_updated", IsoInstant.text(conversation.dateUpdated()))
                .put("url", url);
        json.putObject("links").put("messages", url + "/Messages").put("participants", url + "/Participants");
        syncObjects(json, conversation.sid());
        return json;
    }

    private static void syncObjects(ObjectNode json, String conversationSid) {
        json.putObject("sync_objects")
                .put("conversation", SyncObject.conversation(conversationSid).name())
                .put("messages", SyncObject.messages(conversationSid).name())
                .put("participants", SyncObject.roster(conversationSid).name());
    }

    ObjectNode membership(StoredUser user, Membership membership) {
        ObjectNode json = conversation(membership.conversation());
        json.remove("sid");
        return json.put(
                        "url",
                        base() + "/Users/" + user.sid() + "/Conversations/"
                                + membership.conversation().sid())
                .put("conversation_sid", membership.conversation().sid())
                .put("participant_sid", membership.participant().sid())
                .put("status", "joined")
                .put("notification_level", SyncShapes.level(membership.participant()))
                .put("last_read_message_index", membership.participant().lastReadIndex())
                .put("unread_messages_count", membership.unread());
    }

    ObjectNode participant(StoredParticipant participant) {
        String conversation = conversationUrl(participant.conversationSid());
        ObjectNode json = start().put("sid", participant.sid())
                .put("conversation_sid", participant.conversationSid())
                .put("identity", participant.identity())
                .put("role_sid", participant.roleSid())
                .put("attributes", participant.attributes())
                .put("date_created", IsoInstant.text(participant.dateCreated()))
                .put("date_updated", IsoInstant.text(participant.dateUpdated()))
                .put("url", conversation + "/Participants/" + participant.sid());
        MessagingBinding binding = participant.binding();
        if (binding == null) {
            json.putNull("messaging_binding");
        } else {
            json.putObject("messaging_binding")
                    .put("type", binding.type())
                    .put("address", binding.address())
                    .put("proxy_address", binding.proxyAddress());
        }
        json.putObject("links").put("conversation", conversation);
        return json;
    }

    ObjectNode message(StoredMessage message) {
        String conversation = conversationUrl(message.conversationSid());
        String url = conversation + "/Messages/" + message.sid();
        ObjectNode json = start().put("sid", message.sid())
                .put("conversation_sid", message.conversationSid())
                .put("index", message.index())
                .put("author", message.author())
                .put("participant_sid", message.participantSid())
                .put("body", message.body())
                .put("subject", message.subject())
                .put("content_sid", message.contentSid())
                .put("attributes", message.attributes())
                .put("date_created", IsoInstant.text(message.dateCreated()))
                .put("date_updated", IsoInstant.text(message.dateUpdated()))
                .put("url", url);
        json.putObject("links").put("conversation", conversation).put("messages_receipts", url + "/Receipts");
        if (message.media().isEmpty()) {
            json.putNull("media");
        } else {
            ArrayNode media = json.putArray("media");
            message.media().forEach(file -> media.add(media(file)));
        }
        return json;
    }

    ObjectNode template(StoredTemplate template) {
        ObjectNode json = SyncShapes.object()
                .put("sid", template.sid())
                .put("friendly_name", template.friendlyName())
                .put("variables", template.variables().toString())
                .put("date_created", IsoInstant.text(template.dateCreated()))
                .put("date_updated", IsoInstant.text(template.dateCreated()));
        json.set("variants", template.types().deepCopy());
        return json;
    }

    private static ObjectNode media(Media file) {
        return SyncShapes.object()
                .put("sid", file.sid())
                .put("size", file.size())
                .put("content_type", file.contentType())
                .put("filename", file.filename());
    }

    ObjectNode user(StoredUser user) {
        ObjectNode json = start().put("sid", user.sid())
                .put("identity", user.identity())
                .put("friendly_name", user.friendlyName())
                .put("attributes", user.attributes())
                .put("role_sid", user.roleSid())
                .put("is_online", user.online())
                .put("is_notifiable", user.notifiable())
                .put("date_created", IsoInstant.text(user.dateCreated()))
                .put("date_updated", IsoInstant.text(user.dateUpdated()))
                .put("url", base() + "/Users/" + user.sid());
        json.putObject("sync_objects")
                .put("user_info_map", SyncObject.user(user.sid()).name());
        return json;
    }

    ObjectNode receipt(StoredReceipt receipt) {
        return start().put("sid", receipt.sid())
                .put("conversation_sid", receipt.conversationSid())
                .put("message_sid", receipt.messageSid())
                .put("channel_message_sid", receipt.channelMessageSid())
                .put("participant_sid", receipt.participantSid())
                .put("status", receipt.status().name().toLowerCase(Locale.ROOT))
                .put("error_code", receipt.errorCode())
                .put("date_created", IsoInstant.text(receipt.dateCreated()))
                .put("date_updated", IsoInstant.text(receipt.dateUpdated()));
    }

    /** The answer to the first request of a client. */
    ObjectNode configuration(StoredUser user, boolean reachability, String mediaUrl) {
        ObjectNode json =
                SyncShapes.object().put("identity", user.identity()).put("url", HOST + "/Client/v2/Configuration");
        ObjectNode options = json.putObject("options")
                .put("consumption_report_interval", "PT1S")
                .put("http_cache_interval", "PT1S")
                .put("reachability_enabled", reachability)
                .put("user_infos_to_subscribe", 100)
                .put("my_conversations_page_size", ClientApi.PAGE)
                .put("media_attachments_count_limit", 10)
                .put("media_attachment_size_limit_in_mb", 150)
                .put("media_attachments_total_size_limit_in_mb", 150);
        options.putArray("email_histories_allowed_mime_types").add("text/plain");
        options.putArray("email_bodies_allowed_mime_types").add("text/plain").add("text/html");
        json.putObject("sync_objects")
                .put(
                        "my_conversations",
                        SyncObject.conversationsOf(user.identity()).name())
                .put("my_user_info", SyncObject.user(user.sid()).name());
        json.putObject("links")
                .put("my_conversations", base() + "/Users/" + user.sid() + "/Conversations")
                .put("conversations", base() + "/Conversations")
                .put("users", base() + "/Users")
                .put("current_user", base() + "/Users/" + user.sid())
                .put("typing", HOST + "/v1/Instances/" + serviceSid + "/Typing")
                .put("media_service", mediaUrl + "/v1/Services/" + serviceSid + "/Media")
                .put("media_set_service", mediaUrl + "/v1/Services/" + serviceSid + "/MediaSet")
                .put("messages_receipts", base() + "/Conversations/%s/Messages/%s/Receipts");
        return json;
    }

    private ObjectNode start() {
        return SyncShapes.object().put("account_sid", accountSid).put("chat_service_sid", serviceSid);
    }

    /** The names of pages that lists end with. */
    static void meta(ObjectNode list, @Nullable String previous, @Nullable String next) {
        list.putObject("meta").put("previous_token", previous).put("next_token", next);
    }
}
