package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.internal.wire.FormName;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.DeliveryStatus;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.User;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the resource that a webhook is about. What a webhook does not carry stays null. */
final class ResourceReader {
    private ResourceReader() {}

    static Message message(Parameters parameters) {
        int body = parameters.form().indexOf(Names.BODY);
        return new Message(
                parameters.require(Names.MESSAGE_SID),
                parameters.require(Names.CONVERSATION_SID),
                parameters.requireInteger(Names.INDEX),
                parameters.text(Names.AUTHOR),
                body < 0 ? null : parameters.form().value(body),
                parameters.attributes(),
                MediaList.read(parameters.text(Names.MEDIA)),
                parameters.text(Names.PARTICIPANT_SID),
                parameters.instant(Names.DATE_CREATED),
                parameters.instant(Names.DATE_UPDATED),
                null,
                null,
                null,
                null);
    }

    static ConversationSnapshot conversation(Parameters parameters) {
        return ConversationSnapshot.builder(parameters.require(Names.CONVERSATION_SID))
                .serviceSid(parameters.text(Names.CHAT_SERVICE_SID))
                .friendlyName(parameters.text(Names.FRIENDLY_NAME))
                .uniqueName(parameters.text(Names.UNIQUE_NAME))
                .attributes(parameters.attributes())
                .state(state(parameters, Names.STATE))
                .messagingServiceSid(parameters.text(Names.MESSAGING_SERVICE_SID))
                .dateCreated(parameters.instant(Names.DATE_CREATED))
                .dateUpdated(parameters.instant(Names.DATE_UPDATED))
                .build();
    }

    static Participant participant(Parameters parameters) {
        return Participant.builder(
                        parameters.require(Names.PARTICIPANT_SID), parameters.require(Names.CONVERSATION_SID))
                .identity(parameters.text(Names.IDENTITY))
                .attributes(parameters.attributes())
                .roleSid(parameters.text(Names.ROLE_SID))
                .messagingBinding(binding(parameters))
                .lastReadMessageIndex(parameters.integer(Names.LAST_READ_MESSAGE_INDEX))
                .dateCreated(parameters.instant(Names.DATE_CREATED))
                .dateUpdated(parameters.instant(Names.DATE_UPDATED))
                .build();
    }

    static User user(Parameters parameters) {
        return User.builder(parameters.require(Names.IDENTITY))
                .sid(parameters.require(Names.USER_SID))
                .friendlyName(parameters.text(Names.FRIENDLY_NAME))
                .attributes(parameters.attributes())
                .roleSid(parameters.text(Names.ROLE_SID))
                .online(parameters.bool(Names.IS_ONLINE))
                .notifiable(parameters.bool(Names.IS_NOTIFIABLE))
                .dateCreated(parameters.instant(Names.DATE_CREATED))
                .dateUpdated(parameters.instant(Names.DATE_UPDATED))
                .build();
    }

    static DeliveryReceipt receipt(Parameters parameters) {
        // Twilio documents Status; a sample of its own reads DeliveryStatus.
        String status = Objects.requireNonNullElseGet(
                parameters.text(Names.STATUS), () -> parameters.require(Names.DELIVERY_STATUS));
        return DeliveryReceipt.builder(
                        parameters.require(Names.DELIVERY_RECEIPT_SID),
                        parameters.require(Names.CONVERSATION_SID),
                        parameters.require(Names.MESSAGE_SID),
                        DeliveryStatus.of(status))
                .participantSid(parameters.text(Names.PARTICIPANT_SID))
                .channelMessageSid(parameters.text(Names.CHANNEL_MESSAGE_SID))
                .errorCode(parameters.integer(Names.ERROR_CODE))
                .dateCreated(parameters.instant(Names.DATE_CREATED))
                .dateUpdated(parameters.instant(Names.DATE_UPDATED))
                .build();
    }

    static ConversationState state(Parameters parameters, FormName name) {
        String state = parameters.text(name);
        return state == null ? ConversationState.UNKNOWN : ConversationState.of(state);
    }

    /** A pure chat participant has a type, {@code CHAT}, and no address: that is no binding. */
    static @Nullable MessagingBinding binding(Parameters parameters) {
        String address = parameters.text(Names.BINDING_ADDRESS);
        String proxy = parameters.text(Names.BINDING_PROXY_ADDRESS);
        String projected = parameters.text(Names.BINDING_PROJECTED_ADDRESS);
        String type = parameters.text(Names.BINDING_TYPE);
        boolean chat = type == null || type.equalsIgnoreCase("chat");
        if (chat && address == null && proxy == null && projected == null) {
            return null;
        }
        return new MessagingBinding(type == null ? null : type.toLowerCase(Locale.ROOT), address, proxy, projected);
    }
}
