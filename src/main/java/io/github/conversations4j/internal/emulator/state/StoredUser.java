package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A chat user as it is stored. Immutable.
 *
 * @param sid {@code US…}
 * @param identity the name it is known by, unique in the service
 * @param friendlyName its name for people
 * @param attributes JSON text, {@code {}} when unset
 * @param roleSid the role in the service, {@code RL…}
 * @param online whether a client of it is connected; null if it never was
 * @param notifiable whether it can be notified; null if it never registered
 * @param dateCreated when it was made
 * @param dateUpdated when it was last changed
 */
public record StoredUser(
        String sid,
        String identity,
        @Nullable String friendlyName,
        String attributes,
        String roleSid,
        @Nullable Boolean online,
        @Nullable Boolean notifiable,
        Instant dateCreated,
        Instant dateUpdated) {

    StoredUser with(Consumer<Edit> change) {
        Edit edit = new Edit(this);
        change.accept(edit);
        return new StoredUser(
                sid,
                identity,
                edit.friendlyName,
                edit.attributes,
                edit.roleSid,
                edit.online,
                edit.notifiable,
                dateCreated,
                edit.dateUpdated);
    }

    /** What can be changed of a user, on its way from one value to the next. Confined to one thread. */
    static final class Edit {
        @Nullable
        String friendlyName;

        String attributes;
        String roleSid;

        @Nullable
        Boolean online;

        @Nullable
        Boolean notifiable;

        Instant dateUpdated;

        private Edit(StoredUser from) {
            friendlyName = from.friendlyName;
            attributes = from.attributes;
            roleSid = from.roleSid;
            online = from.online;
            notifiable = from.notifiable;
            dateUpdated = from.dateUpdated;
        }
    }
}
