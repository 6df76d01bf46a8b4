package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.model.Media;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The uploaded files of a service: commands and queries. Thread-safe. */
public final class MediaFiles {
    private final ServiceState state;

    MediaFiles(ServiceState state) {
        this.state = state;
    }

    /**
     * What somebody uploads.
     *
     * @param filename its name; null for none
     * @param contentType its type
     * @param category {@code media}, {@code body} or {@code history}
     * @param author who uploads it
     * @param bytes its content; must not be changed any more
     */
    public record Upload(@Nullable String filename, String contentType, String category, String author, byte[] bytes) {}

    /**
     * Stores a file, for a message to come.
     *
     * @param cause who acts
     * @param upload the file
     * @return the file
     * @throws TwilioFault if it is too large
     */
    public StoredMedia add(Cause cause, Upload upload) {
        long limit = state.world.limits().mediaBytes();
        if (upload.bytes().length > limit) {
            throw TwilioFault.invalid(50512, "The media file must have at most " + limit + " bytes");
        }
        return state.commit(() -> {
            Instant now = state.world.now();
            StoredMedia made = new StoredMedia(
                    state.world.sids().next("ME"),
                    null,
                    null,
                    upload.filename(),
                    upload.contentType(),
                    upload.category(),
                    upload.bytes().length,
                    upload.author(),
                    now,
                    now);
            state.media.add(made.sid(), made);
            state.mediaBytes.put(made.sid(), upload.bytes());
            state.record(cause, List.of(), stamp -> new Change.OfResource(stamp, null, made));
            return made;
        });
    }

    /**
     * Finds a file.
     *
     * @param sid the file
     * @return the file
     * @throws TwilioFault if it is not there
     */
    public StoredMedia get(String sid) {
        return state.read(() -> {
            StoredMedia found = state.media.find(sid);
            if (found == null) {
                throw TwilioFault.notFound("/Services/" + state.sid + "/Media/" + sid);
            }
            return found;
        });
    }

    /**
     * Gives the bytes of a file.
     *
     * @param sid the file
     * @return its content; must not be changed
     * @throws TwilioFault if it is not there
     */
    public byte[] content(String sid) {
        return state.read(() -> {
            byte[] found = state.mediaBytes.get(sid);
            if (found == null) {
                throw TwilioFault.notFound("/Services/" + state.sid + "/Media/" + sid);
            }
            return found;
        });
    }

    /** Finds the files of a message that is about to be stored: each must be there, and belong to no other. */
    static List<StoredMedia> free(ServiceState state, List<String> sids) {
        return sids.stream()
                .map(sid -> {
                    StoredMedia found = state.media.find(sid);
                    if (found == null) {
                        throw TwilioFault.invalid(50507, "MediaSid " + sid + " was not found");
                    }
                    if (found.messageSid() != null) {
                        throw TwilioFault.invalid(50508, "MediaSid " + sid + " belongs to a message already");
                    }
                    return found;
                })
                .toList();
    }

    static void keep(ServiceState state, StoredMessage message, RichBody rich) {
        Media file = rich.file();
        state.media.add(
                file.sid(),
                new StoredMedia(
                        file.sid(),
                        message.conversationSid(),
                        message.sid(),
                        null,
                        String.valueOf(file.contentType()),
                        String.valueOf(file.category()),
                        rich.json().length,
                        message.author(),
                        message.dateCreated(),
                        message.dateCreated()));
        state.mediaBytes.put(file.sid(), rich.json());
    }

    /** Ends the files of a message that goes. */
    static void drop(ServiceState state, Cause cause, StoredMessage message) {
        message.media().forEach(file -> {
            StoredMedia gone = state.media.find(file.sid());
            if (gone != null) {
                state.media.remove(file.sid());
                state.mediaBytes.remove(file.sid());
                state.record(cause, List.of(), stamp -> new Change.OfResource(stamp, gone, null));
            }
        });
    }

    static void attach(ServiceState state, Cause cause, StoredMessage message) {
        message.media().forEach(file -> {
            StoredMedia before = state.media.find(file.sid());
            if (before != null) {
                StoredMedia after = before.attached(message, state.world.now());
                state.media.replace(file.sid(), after);
                state.record(cause, List.of(), stamp -> new Change.OfResource(stamp, before, after));
            }
        });
    }
}
