package io.github.conversations4j.internal.emulator.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conversations4j.internal.emulator.state.InboundMessage;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.StoredMessage;
import io.github.conversations4j.internal.emulator.state.StoredParticipant;
import io.github.conversations4j.internal.emulator.state.StoredUser;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.MessagingBinding;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form parameters of one webhook, in the order in which they were put. Names and shapes are those of Twilio's pages
 * and of captured requests: dates with milliseconds, attributes as JSON text, media as JSON text with capitalised keys.
 * What the page marks as optional is left out when it is absent; the rest is empty then. Confined to one thread.
 */
final class Parameters {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Map<String, String> values = new LinkedHashMap<>();

    /** A parameter that is always there. */
    Parameters put(String name, @Nullable String value) {
        values.put(name, value == null ? "" : value);
        return this;
    }

    /** A parameter that is left out when it has no value. */
    Parameters optional(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value.toString());
        }
        return this;
    }

    Parameters date(String name, Instant date) {
        values.put(name, DATE.format(date));
        return this;
    }

    Parameters conversation(StoredConversation conversation, boolean stored) {
        if (stored) {
            put("ConversationSid", conversation.sid());
            date("DateCreated", conversation.dateCreated());
            date("DateUpdated", conversation.dateUpdated());
        }
        optional("FriendlyName", conversation.friendlyName());
        return (stored
                        ? optional("UniqueName", conversation.uniqueName())
                        : put("UniqueName", conversation.uniqueName()))
                .put("Attributes", conversation.attributes())
                .put("ChatServiceSid", conversation.serviceSid())
                .put("MessagingServiceSid", conversation.messagingServiceSid())
                .put("State", conversation.state().name().toLowerCase(Locale.ROOT));
    }

    /** The message that a conversation is made for. Its content is told only to whoever is asked before. */
    Parameters inbound(@Nullable InboundMessage message, boolean asked) {
        if (message == null) {
            return this;
        }
        put("MessagingBinding.ProxyAddress", message.proxyAddress());
        put("MessagingBinding.Address", message.address());
        put("MessagingBinding.AuthorAddress", message.address());
        if (!asked) {
            return this;
        }
        optional("MessageBody", message.body());
        return message.media().isEmpty() ? this : put("Media", media(message.media()));
    }

    Parameters message(StoredMessage message, StoredConversation conversation, boolean stored) {
        put("ConversationSid", message.conversationSid());
        if (stored) {
            put("MessageSid", message.sid());
            put("Index", Long.toString(message.index()));
            date("DateCreated", message.dateCreated());
        }
        put("ChatServiceSid", conversation.serviceSid());
        put("Body", message.body());
        put("Author", message.author());
        optional("ParticipantSid", message.participantSid());
        put("Attributes", message.attributes());
        // That content from a template is not among them is a guess.
        List<Media> files = message.media().stream()
                .filter(file -> !"body".equals(file.category()))
                .toList();
        return files.isEmpty() ? this : put("Media", media(files));
    }

    Parameters participant(StoredParticipant participant, boolean stored) {
        put("ConversationSid", participant.conversationSid());
        if (stored) {
            put("ParticipantSid", participant.sid());
            date("DateCreated", participant.dateCreated());
        }
        optional("Identity", participant.identity());
        put("RoleSid", participant.roleSid());
        put("Attributes", participant.attributes());
        MessagingBinding binding = participant.binding();
        if (binding != null) {
            optional("MessagingBinding.ProxyAddress", binding.proxyAddress());
            optional("MessagingBinding.Address", binding.address());
            optional("MessagingBinding.ProjectedAddress", binding.projectedAddress());
        }
        return put("MessagingBinding.Type", participant.channel().toUpperCase(Locale.ROOT));
    }

    Parameters user(StoredUser user, @Nullable String serviceSid) {
        return put("ChatServiceSid", serviceSid)
                .put("UserSid", user.sid())
                .put("Identity", user.identity())
                .put("RoleSid", user.roleSid())
                .put("Attributes", user.attributes())
                .put("FriendlyName", user.friendlyName());
    }

    Map<String, String> asMap() {
        return values;
    }

    private static String media(List<Media> media) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (Media item : media) {
            Map<String, Object> keys = new LinkedHashMap<>();
            keys.put("Sid", item.sid());
            keys.put("ContentType", item.contentType());
            keys.put("Filename", item.filename());
            keys.put("Size", item.size());
            items.add(keys);
        }
        try {
            return JSON.writeValueAsString(items);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written as JSON", e);
        }
    }
}
