package io.github.conversations4j;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.Media;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message with its author as an application shows them. Immutable; Jackson writes it as it is. It holds what every event
 * source tells of a message.
 *
 * @param sid the message SID, {@code IM…}
 * @param index the position in the conversation; grows, and may skip numbers
 * @param author who wrote it; null if the source did not say
 * @param body the text; null or empty for a message without text
 * @param attributes the free-form JSON of the application
 * @param media the files of the message, in order
 * @param dateCreated when it was written; null if the source did not say
 * @param dateUpdated when it was last changed; null if it was not, or the source did not say
 */
public record ChatMessage(
        String sid,
        int index,
        @Nullable ChatPerson author,
        @Nullable String body,
        Attributes attributes,
        List<Media> media,

        @JsonSerialize(using = ToStringSerializer.class) @Nullable
        Instant dateCreated,

        @JsonSerialize(using = ToStringSerializer.class) @Nullable
        Instant dateUpdated) {
    /** Copies what was given. */
    public ChatMessage {
        media = List.copyOf(media);
    }
}
