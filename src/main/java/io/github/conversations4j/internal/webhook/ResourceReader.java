package io.github.conversations4j.internal.webhook;

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
        int body = parameters.form().indexOf("Body");
        return new Message(
                parameters.require("MessageSid"),
                parameters.require("ConversationSid"),
                parameters.requireInteger("Index"),
                parameters.text("Author"),
                body < 0 ? null : parameters.form().value(body),
                parameters.attributes(),
                MediaList.read(parameters.text("Media")),
                parameters.text("ParticipantSid"),
                parameters.instant("DateCreated"),
                parameters.instant("DateUpdated"),
                null,
                null,
                null,
                null);
    }

    static ConversationSnapshot conversation(Parameters parameters) {
        return ConversationSnapshot.builder(parameters.require("ConversationSid"))
                .serviceSid(parameters.text("ChatServiceSid"))
                .friendlyName(parameters.text("FriendlyName"))
                .uniqueName(parameters.text("UniqueName"))
                .attributes(parameters.attributes())
                .state(state(parameters, "State"))
                .messagingServiceSid(parameters.text("MessagingServiceSid"))
                .dateCreated(parameters.instant("DateCreated"))
                .dateUpdated(parameters.instant("DateUpdated"))
                .build();
    }

    static Participant participant(Parameters parameters) {
        return Participant.builder(parameters.require("ParticipantSid"), parameters.require("ConversationSid"))
                .identity(parameters.text("Identity"))
                .attributes(parameters.attributes())
                .roleSid(parameters.text("RoleSid"))
                .messagingBinding(binding(parameters))
                .lastReadMessageIndex(parameters.integer("LastReadMessageIndex"))
                .dateCreated(parameters.instant("DateCreated"))
                .dateUpdated(parameters.instant("DateUpdated"))
                .build();
    }

    static User user(Parameters parameters) {
        return User.builder(parameters.require("Identity"))
                .sid(parameters.require("UserSid"))
                .friendlyName(parameters.text("FriendlyName"))
                .attributes(parameters.attributes())
                .roleSid(parameters.text("RoleSid"))
                .online(parameters.bool("isOnline"))
                .notifiable(parameters.bool("isNotifiable"))
                .dateCreated(parameters.instant("DateCreated"))
                .dateUpdated(parameters.instant("DateUpdated"))
                .build();
    }

    static DeliveryReceipt receipt(Parameters parameters) {
        // Twilio documents Status; a sample of its own reads DeliveryStatus.
        String status =
                Objects.requireNonNullElseGet(parameters.text("Status"), () -> parameters.require("DeliveryStatus"));
        return DeliveryReceipt.builder(
                        parameters.require("DeliveryReceiptSid"),
                        parameters.require("ConversationSid"),
                        parameters.require("MessageSid"),
                        DeliveryStatus.of(status))
                .participantSid(parameters.text("ParticipantSid"))
                .channelMessageSid(parameters.text("ChannelMessageSid"))
                .errorCode(parameters.integer("ErrorCode"))
                .dateCreated(parameters.instant("DateCreated"))
                .dateUpdated(parameters.instant("DateUpdated"))
                .build();
    }

    static ConversationState state(Parameters parameters, String name) {
        String state = parameters.text(name);
        return state == null ? ConversationState.UNKNOWN : ConversationState.of(state);
    }

    /** A pure chat participant has a type, {@code CHAT}, and no address: that is no binding. */
    static @Nullable MessagingBinding binding(Parameters parameters) {
        String address = parameters.text("MessagingBinding.Address");
        String proxy = parameters.text("MessagingBinding.ProxyAddress");
        String projected = parameters.text("MessagingBinding.ProjectedAddress");
        String type = parameters.text("MessagingBinding.Type");
        boolean chat = type == null || type.equalsIgnoreCase("chat");
        if (chat && address == null && proxy == null && projected == null) {
            return null;
        }
        return new MessagingBinding(type == null ? null : type.toLowerCase(Locale.ROOT), address, proxy, projected);
    }
}
