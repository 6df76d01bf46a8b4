package io.github.conversations4j;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Unread;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One conversation in the chat list of one person. Immutable; Jackson writes it as it is.
 *
 * @param conversationSid the conversation, {@code CH…}
 * @param name its friendly name; null if none was set, see {@link #title()}
 * @param uniqueName the name it can be addressed by; null if none was set
 * @param state its state
 * @param attributes its free-form JSON
 * @param others the other people, whoever came first first; at most {@link ChatOptions.Builder#peoplePerChat as many as set}
 * @param othersCount how many other people there are
 * @param lastMessage the last message; null if there is none
 * @param lastReadByOthers the furthest read horizon among the other people, so that the last message was read by somebody if
 *     this is not less than its index; null if nobody has one
 * @param unread how many messages the person has not read
 * @param notificationLevel whether the person wants to be notified
 * @param lastActivity when the last message was written; without one when the conversation was made. Null if not said
 * @param typing who is typing now; always empty where the event source does not see it
 */
public record ChatRow(
        String conversationSid,
        @Nullable String name,
        @Nullable String uniqueName,
        ConversationState state,
        Attributes attributes,
        List<ChatPerson> others,
        int othersCount,
        @Nullable ChatMessage lastMessage,
        @Nullable Integer lastReadByOthers,
        Unread unread,
        NotificationLevel notificationLevel,

        @JsonSerialize(using = ToStringSerializer.class) @Nullable
        Instant lastActivity,

        List<ChatPerson> typing) {
    private static final int NAMES = 3;

    /** Copies what was given. */
    public ChatRow {
        others = List.copyOf(others);
        typing = List.copyOf(typing);
    }

    /**
     * What to show as the name: the friendly name, without one the names of the first other people, without those the unique
     * name or the SID. It is in the JSON too.
     *
     * @return the title, not empty
     */
    @JsonProperty("title")
    public String title() {
        if (name != null && !name.isBlank()) {
            return name;
        }
        if (!others.isEmpty()) {
            String names =
                    others.stream().limit(NAMES).map(ChatPerson::displayName).collect(Collectors.joining(", "));
            return othersCount > NAMES ? names + " …" : names;
        }
        return uniqueName != null ? uniqueName : conversationSid;
    }
}
