package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.model.DeliverySummary;
import io.github.conversations4j.model.Media;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is stored. Immutable.
 *
 * @param sid {@code IM…}
 * @param conversationSid the conversation it belongs to
 * @param index its place, from 0; numbers may be missing
 * @param author an identity, an address or {@code system}
 * @param participantSid the participant who is the author; null for {@code system} and strangers
 * @param body the text
 * @param subject the subject of an e-mail
 * @param media the files
 * @param attributes JSON text, {@code {}} when unset
 * @param contentSid the template it was made from, {@code HX…}
 * @param contentVariables JSON text with the values of the template
 * @param lastUpdatedBy who edited it last
 * @param delivery how far it got to those who are no chat users; null if there are none
 * @param dateCreated when it was made, or what the caller said
 * @param dateUpdated when it was last changed, or what the caller said
 */
public record StoredMessage(
        String sid,
        String conversationSid,
        long index,
        String author,
        @Nullable String participantSid,
        @Nullable String body,
        @Nullable String subject,
        List<Media> media,
        String attributes,
        @Nullable String contentSid,
        @Nullable String contentVariables,
        @Nullable String lastUpdatedBy,
        @Nullable DeliverySummary delivery,
        Instant dateCreated,
        Instant dateUpdated) {

    /** Copies the list. */
    public StoredMessage {
        media = List.copyOf(media);
    }

    StoredMessage with(Consumer<Edit> change) {
        Edit edit = new Edit(this);
        change.accept(edit);
        return new StoredMessage(
                sid,
                conversationSid,
                index,
                edit.author,
                edit.participantSid,
                edit.body,
                edit.subject,
                media,
                edit.attributes,
                contentSid,
                contentVariables,
                edit.lastUpdatedBy,
                edit.delivery,
                edit.dateCreated,
                edit.dateUpdated);
    }

    /** What can be changed of a message, on its way from one value to the next. Confined to one thread. */
    static final class Edit {
        String author;

        @Nullable
        String participantSid;

        @Nullable
        String body;

        @Nullable
        String subject;

        String attributes;

        @Nullable
        String lastUpdatedBy;

        @Nullable
        DeliverySummary delivery;

        Instant dateCreated;
        Instant dateUpdated;

        private Edit(StoredMessage from) {
            author = from.author;
            participantSid = from.participantSid;
            body = from.body;
            subject = from.subject;
            attributes = from.attributes;
            lastUpdatedBy = from.lastUpdatedBy;
            delivery = from.delivery;
            dateCreated = from.dateCreated;
            dateUpdated = from.dateUpdated;
        }
    }
}
