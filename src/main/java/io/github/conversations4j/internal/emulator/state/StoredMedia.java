package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.model.Media;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that was uploaded, without its bytes. Immutable.
 *
 * @param sid {@code ME…}
 * @param conversationSid the conversation of its message; null while it has none
 * @param messageSid its message; null while it has none
 * @param filename its name
 * @param contentType its type
 * @param category {@code media}, {@code body} or {@code history}
 * @param size its bytes
 * @param author who uploaded it
 * @param dateCreated when it was uploaded
 * @param dateUpdated when it was last changed
 */
public record StoredMedia(
        String sid,
        @Nullable String conversationSid,
        @Nullable String messageSid,
        @Nullable String filename,
        String contentType,
        String category,
        long size,
        String author,
        Instant dateCreated,
        Instant dateUpdated) {

    StoredMedia attached(StoredMessage message, Instant now) {
        return new StoredMedia(
                sid,
                message.conversationSid(),
                message.sid(),
                filename,
                contentType,
                category,
                size,
                author,
                dateCreated,
                now);
    }

    /**
     * Gives the file as messages list it.
     *
     * @return name, type and size
     */
    public Media media() {
        return new Media(sid, filename, contentType, size, category);
    }
}
