package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.NotificationLevel;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A participant as it is stored: somebody in one conversation, with what that somebody has read there. Immutable.
 *
 * @param sid {@code MB…}
 * @param conversationSid the conversation
 * @param identity the chat user; null if it is somebody at a messaging channel
 * @param binding how they are reached; null for a chat user without a projected address
 * @param attributes JSON text, {@code {}} when unset
 * @param roleSid the role in this conversation, {@code RL…}
 * @param lastReadIndex the index up to which they have read; null if never set
 * @param lastReadAt when that was
 * @param notificationLevel whether they want to be notified
 * @param dateCreated when they joined, or what the caller said
 * @param dateUpdated when they were last changed, or what the caller said; reading does not move it
 */
public record StoredParticipant(
        String sid,
        String conversationSid,
        @Nullable String identity,
        @Nullable MessagingBinding binding,
        String attributes,
        String roleSid,
        @Nullable Long lastReadIndex,
        @Nullable Instant lastReadAt,
        NotificationLevel notificationLevel,
        Instant dateCreated,
        Instant dateUpdated) {

    /**
     * Gives the text of the webhook parameter {@code MessagingBinding.Type}.
     *
     * @return {@code chat}, {@code sms}, {@code whatsapp} …
     */
    public String channel() {
        return identity != null || binding == null || binding.type() == null ? "chat" : binding.type();
    }

    /**
     * Says whether somebody is reached through a messaging channel.
     *
     * @return whether it is no chat user
     */
    public boolean nonChat() {
        return identity == null;
    }

    /**
     * Gives the name that messages of this participant carry as author.
     *
     * @return the identity or the address
     */
    public @Nullable String name() {
        return identity != null || binding == null ? identity : binding.address();
    }

    StoredParticipant with(Consumer<Edit> change) {
        Edit edit = new Edit(this);
        change.accept(edit);
        return new StoredParticipant(
                sid,
                conversationSid,
                edit.identity,
                edit.binding,
                edit.attributes,
                edit.roleSid,
                edit.lastReadIndex,
                edit.lastReadAt,
                edit.notificationLevel,
                edit.dateCreated,
                edit.dateUpdated);
    }

    /** What can be changed of a participant, on its way from one value to the next. Confined to one thread. */
    static final class Edit {
        @Nullable
        String identity;

        @Nullable
        MessagingBinding binding;

        String attributes;
        String roleSid;

        @Nullable
        Long lastReadIndex;

        @Nullable
        Instant lastReadAt;

        NotificationLevel notificationLevel;
        Instant dateCreated;
        Instant dateUpdated;

        private Edit(StoredParticipant from) {
            identity = from.identity;
            binding = from.binding;
            attributes = from.attributes;
            roleSid = from.roleSid;
            lastReadIndex = from.lastReadIndex;
            lastReadAt = from.lastReadAt;
            notificationLevel = from.notificationLevel;
            dateCreated = from.dateCreated;
            dateUpdated = from.dateUpdated;
        }
    }
}
