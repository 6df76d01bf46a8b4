package io.github.conversations4j.internal.emulator.control;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.ConversationDraft;
import io.github.conversations4j.internal.emulator.state.MessageDraft;
import io.github.conversations4j.internal.emulator.state.ParticipantDraft;
import io.github.conversations4j.internal.emulator.state.Reading;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.emulator.state.UserDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an emulator is filled with: users, and conversations with their participants and messages, as JSON with the names
 * of Twilio's REST API. Everything is made as a REST call without webhooks would. Immutable.
 *
 * @param users users with a name or attributes; others come with their conversations
 * @param conversations conversations that are not there yet
 */
public record Seed(List<SeedUser> users, List<SeedConversation> conversations) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** A missing list is an empty one. */
    public Seed {
        users = orNone(users);
        conversations = orNone(conversations);
    }

    /**
     * A user.
     *
     * @param identity who it is
     * @param friendlyName the name; null for none
     * @param attributes a JSON object; null for an empty one
     */
    public record SeedUser(
            String identity,
            @JsonProperty("friendly_name") @Nullable String friendlyName,
            @Nullable JsonNode attributes) {

        /** Nobody is no user. */
        public SeedUser {
            require("identity", identity);
        }
    }

    /**
     * A conversation.
     *
     * @param uniqueName its unique name; null for none
     * @param friendlyName its name; null for none
     * @param attributes a JSON object; null for an empty one
     * @param participants who is in it
     * @param messages its messages, oldest first
     */
    public record SeedConversation(
            @JsonProperty("unique_name") @Nullable String uniqueName,
            @JsonProperty("friendly_name") @Nullable String friendlyName,
            @Nullable JsonNode attributes,
            List<SeedParticipant> participants,
            List<SeedMessage> messages) {

        /** A missing list is an empty one. */
        public SeedConversation {
            participants = orNone(participants);
            messages = orNone(messages);
        }
    }

    /**
     * A participant: a chat user, or somebody at a phone.
     *
     * @param identity the chat user; null for none
     * @param address the phone, such as {@code +15550001} or {@code whatsapp:+15550001}; null for none
     * @param proxyAddress the number of the back end that the phone sees; null for none
     * @param attributes a JSON object; null for an empty one
     * @param lastReadMessageIndex how far the chat user has read; null for not at all
     */
    public record SeedParticipant(
            @Nullable String identity,
            @Nullable String address,
            @JsonProperty("proxy_address") @Nullable String proxyAddress,
            @Nullable JsonNode attributes,

            @JsonProperty("last_read_message_index") @Nullable
            Long lastReadMessageIndex) {}

    /**
     * A message.
     *
     * @param author who wrote it; null for {@code system}
     * @param body what it says
     * @param attributes a JSON object; null for an empty one
     */
    public record SeedMessage(
            @Nullable String author, String body, @Nullable JsonNode attributes) {

        /** A message says something. */
        public SeedMessage {
            require("body", body);
        }
    }

    /**
     * Reads a seed.
     *
     * @param json a JSON object
     * @return the seed
     * @throws IllegalArgumentException if it is none; the message says where
     */
    public static Seed read(byte[] json) {
        try {
            Seed seed = JSON.readValue(json, Seed.class);
            if (seed == null) {
                throw new IllegalArgumentException("seed: must be a JSON object");
            }
            return seed;
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException("seed: " + e.getOriginalMessage() + " at " + path(e), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("seed: " + e.getOriginalMessage(), e);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException("seed: cannot be read", e);
        }
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(step.getFieldName());
            }
        }
        return path.length() == 0 ? "the top" : path.toString();
    }

    /**
     * Makes everything, in order. What was made before a refusal stays.
     *
     * @param service where
     * @throws TwilioFault what the REST API would refuse
     */
    public void plantIn(ChatService service) {
        Cause cause = Cause.rest(false);
        for (SeedUser user : users) {
            service.users().ensure(cause, user.identity());
            service.users()
                    .update(cause, user.identity(), new UserDraft(user.friendlyName(), text(user.attributes()), null));
        }
        conversations.forEach(conversation -> plant(cause, service, conversation));
    }

    private static void plant(Cause cause, ChatService service, SeedConversation conversation) {
        String sid = service.conversations()
                .create(
                        cause,
                        new ConversationDraft()
                                .uniqueName(conversation.uniqueName())
                                .friendlyName(conversation.friendlyName())
                                .attributes(text(conversation.attributes())))
                .sid();
        for (SeedParticipant participant : conversation.participants()) {
            service.participants().add(cause, sid, draft(participant));
        }
        for (SeedMessage message : conversation.messages()) {
            service.messages().add(cause, sid, draft(message));
        }
        for (SeedParticipant participant : conversation.participants()) {
            if (participant.identity() != null && participant.lastReadMessageIndex() != null) {
                Reading reading = new Reading(participant.lastReadMessageIndex(), null);
                service.participants()
                        .update(cause, sid, participant.identity(), new ParticipantDraft().reading(reading));
            }
        }
    }

    private static ParticipantDraft draft(SeedParticipant participant) {
        return new ParticipantDraft()
                .identity(participant.identity())
                .address(participant.address())
                .proxyAddress(participant.proxyAddress())
                .attributes(text(participant.attributes()));
    }

    private static MessageDraft draft(SeedMessage message) {
        return MessageDraft.text(message.body()).author(message.author()).attributes(text(message.attributes()));
    }

    private static void require(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + ": must be there and not blank");
        }
    }

    private static @Nullable String text(@Nullable JsonNode attributes) {
        return attributes == null || attributes.isNull() ? null : attributes.toString();
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
