package io.github.conversations4j.internal.chat;

import io.github.conversations4j.ChatMessage;
import io.github.conversations4j.ChatPerson;
import io.github.conversations4j.Profile;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.Participant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Shows people and messages with the profiles that are known. Immutable.
 *
 * @param profiles the profiles by identity or address
 */
record People(Map<String, Profile> profiles) {
    /** What somebody is found by: the identity, or the address, as authors of messages are named. */
    static String id(Participant participant) {
        if (participant.identity() != null) {
            return participant.identity();
        }
        MessagingBinding binding = participant.messagingBinding();
        return binding == null || binding.address() == null ? participant.sid() : binding.address();
    }

    ChatPerson show(Participant participant) {
        return show(id(participant));
    }

    private ChatPerson show(String id) {
        Profile profile = profiles.get(id);
        return profile == null
                ? new ChatPerson(id, id, null, false)
                : new ChatPerson(id, profile.displayName(), profile.avatar(), true);
    }

    ChatMessage show(Message message) {
        return new ChatMessage(
                message.sid(),
                message.index(),
                author(message.author()),
                message.body(),
                message.attributes(),
                message.media(),
                message.dateCreated(),
                // REST gives every message one, events only those that were changed.
                Objects.equals(message.dateUpdated(), message.dateCreated()) ? null : message.dateUpdated());
    }

    private @Nullable ChatPerson author(@Nullable String author) {
        return author == null ? null : show(author);
    }
}
