package io.github.conversations4j.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationStateUpdated;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.event.Unknown;
import io.github.conversations4j.event.UserAdded;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.User;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Twilio sends about an event, parameter by parameter. Confined. */
final class WebhookParameters {
    /** Webhooks carry milliseconds, unlike REST. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String eventType;
    private final Map<String, String> values = new LinkedHashMap<>();

    private WebhookParameters(String eventType, ConversationsEvent event) {
        this.eventType = eventType;
        put("Source", event.meta().origin());
        put("ClientIdentity", event.meta().clientIdentity());
    }

    static WebhookParameters of(ConversationsEvent event) {
        WebhookParameters parameters = ofMessage(event);
        parameters = parameters != null ? parameters : ofConversation(event);
        parameters = parameters != null ? parameters : ofParticipant(event);
        parameters = parameters != null ? parameters : ofOther(event);
        if (parameters == null) {
            throw new IllegalArgumentException("event: no webhook tells of " + event.type());
        }
        return parameters;
    }

    private static @Nullable WebhookParameters ofMessage(ConversationsEvent event) {
        if (event instanceof MessageAdded added) {
            return new WebhookParameters("onMessageAdded", event).message(added.message());
        }
        if (event instanceof MessageUpdated updated) {
            return new WebhookParameters("onMessageUpdated", event).message(updated.message());
        }
        if (event instanceof MessageRemoved removed) {
            return new WebhookParameters("onMessageRemoved", event)
                    .message(removed.message())
                    .put("DateRemoved", event.meta().time());
        }
        return null;
    }

    private static @Nullable WebhookParameters ofConversation(ConversationsEvent event) {
        if (event instanceof ConversationAdded added) {
            return new WebhookParameters("onConversationAdded", event).conversation(added.conversation());
        }
        if (event instanceof ConversationUpdated updated) {
            return new WebhookParameters("onConversationUpdated", event).conversation(updated.conversation());
        }
        if (event instanceof ConversationRemoved removed) {
            return new WebhookParameters("onConversationRemoved", event)
                    .conversation(removed.conversation())
                    .put("DateRemoved", event.meta().time());
        }
        if (event instanceof ConversationStateUpdated updated) {
            return new WebhookParameters("onConversationStateUpdated", event)
                    .put("ConversationSid", updated.conversationSid())
                    .put("StateFrom", lower(updated.from()))
                    .put("StateTo", lower(updated.to()))
                    .put("StateUpdated", event.meta().time())
                    .put("Reason", updated.reason());
        }
        return null;
    }

    private static @Nullable WebhookParameters ofParticipant(ConversationsEvent event) {
        if (event instanceof ParticipantJoined joined) {
            return new WebhookParameters("onParticipantAdded", event).participant(joined.participant());
        }
        if (event instanceof ParticipantUpdated updated) {
            return new WebhookParameters("onParticipantUpdated", event).participant(updated.participant());
        }
        if (event instanceof ParticipantLeft left) {
            return new WebhookParameters("onParticipantRemoved", event)
                    .participant(left.participant())
                    .put("DateRemoved", event.meta().time());
        }
        return null;
    }

    private static @Nullable WebhookParameters ofOther(ConversationsEvent event) {
        if (event instanceof DeliveryUpdated updated) {
            return new WebhookParameters("onDeliveryUpdated", event).receipt(updated.receipt());
        }
        if (event instanceof UserAdded added) {
            return new WebhookParameters("onUserAdded", event).user(added.user());
        }
        if (event instanceof UserUpdated updated) {
            return new WebhookParameters("onUserUpdated", event).user(updated.user());
        }
        if (event instanceof Unknown unknown) {
            WebhookParameters parameters = new WebhookParameters(unknown.name(), event);
            parameters.values.putAll(unknown.parameters());
            return parameters;
        }
        return null;
    }

    String eventType() {
        return eventType;
    }

    Map<String, String> values() {
        return values;
    }

    private WebhookParameters message(Message message) {
        return put("ConversationSid", message.conversationSid())
                .put("MessageSid", message.sid())
                .put("Index", message.index())
                .put("DateCreated", message.dateCreated())
                .put("DateUpdated", message.dateUpdated())
                .put("Body", message.body())
                .put("Author", message.author())
                .put("ParticipantSid", message.participantSid())
                .put("Attributes", message.attributes())
                .put("Media", media(message.media()));
    }

    private WebhookParameters conversation(ConversationSnapshot conversation) {
        return put("ConversationSid", conversation.sid())
                .put("DateCreated", conversation.dateCreated())
                .put("DateUpdated", conversation.dateUpdated())
                .put("FriendlyName", conversation.friendlyName())
                .put("UniqueName", conversation.uniqueName())
                .put("Attributes", conversation.attributes())
                .put("ChatServiceSid", conversation.serviceSid())
                .put("MessagingServiceSid", conversation.messagingServiceSid())
                .put("State", lower(conversation.state()));
    }

    private WebhookParameters participant(Participant participant) {
        MessagingBinding binding = participant.messagingBinding();
        put("ConversationSid", participant.conversationSid())
                .put("ParticipantSid", participant.sid())
                .put("DateCreated", participant.dateCreated())
                .put("DateUpdated", participant.dateUpdated())
                .put("Identity", participant.identity())
                .put("RoleSid", participant.roleSid())
                .put("Attributes", participant.attributes());
        if (binding == null) {
            put("MessagingBinding.Type", "CHAT");
        } else {
            String type = binding.type();
            put("MessagingBinding.ProxyAddress", binding.proxyAddress())
                    .put("MessagingBinding.Address", binding.address())
                    .put("MessagingBinding.ProjectedAddress", binding.projectedAddress())
                    .put("MessagingBinding.Type", type == null ? null : type.toUpperCase(Locale.ROOT));
        }
        return put("LastReadMessageIndex", participant.lastReadMessageIndex());
    }

    private WebhookParameters user(User user) {
        return put("UserSid", user.sid())
                .put("DateCreated", user.dateCreated())
                .put("DateUpdated", user.dateUpdated())
                .put("Identity", user.identity())
                .put("RoleSid", user.roleSid())
                .put("Attributes", user.attributes())
                .put("FriendlyName", user.friendlyName())
                .put("isOnline", user.online())
                .put("isNotifiable", user.notifiable());
    }

    private WebhookParameters receipt(DeliveryReceipt receipt) {
        return put("ConversationSid", receipt.conversationSid())
                .put("MessageSid", receipt.messageSid())
                .put("DeliveryReceiptSid", receipt.sid())
                .put("ChannelMessageSid", receipt.channelMessageSid())
                .put("ParticipantSid", receipt.participantSid())
                .put("Status", lower(receipt.status()))
                .put("ErrorCode", receipt.errorCode())
                .put("DateCreated", receipt.dateCreated())
                .put("DateUpdated", receipt.dateUpdated());
    }

    private WebhookParameters put(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value instanceof Instant date ? DATE.format(date) : value.toString());
        }
        return this;
    }

    private static @Nullable String media(List<Media> media) {
        if (media.isEmpty()) {
            return null;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Media item : media) {
            array.addObject()
                    .put("Sid", item.sid())
                    .put("ContentType", item.contentType())
                    .put("Filename", item.filename())
                    .put("Size", item.size());
        }
        return array.toString();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
