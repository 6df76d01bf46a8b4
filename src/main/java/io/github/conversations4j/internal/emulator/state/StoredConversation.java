package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.model.ConversationState;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as it is stored. Immutable.
 *
 * @param sid {@code CH…}
 * @param serviceSid the service it belongs to, {@code IS…}
 * @param friendlyName its name for people
 * @param uniqueName its name for programs, unique in the service
 * @param attributes JSON text, {@code {}} when unset
 * @param messagingServiceSid {@code MG…}
 * @param state its state
 * @param stateSince when it came into that state
 * @param timers when it becomes inactive and closed by itself
 * @param email how it writes e-mail
 * @param createdBy the identity of its maker, {@code system} for REST
 * @param dateCreated when it was made, or what the caller said
 * @param dateUpdated when it was last changed, or what the caller said; messages do not move it
 */
public record StoredConversation(
        String sid,
        String serviceSid,
        @Nullable String friendlyName,
        @Nullable String uniqueName,
        String attributes,
        @Nullable String messagingServiceSid,
        ConversationState state,
        Instant stateSince,
        StateTimers timers,
        EmailBinding email,
        String createdBy,
        Instant dateCreated,
        Instant dateUpdated) {

    /**
     * The address and name that a conversation writes e-mail with. Immutable.
     *
     * @param address the address
     * @param name the name
     */
    public record EmailBinding(
            @Nullable String address, @Nullable String name) {
        /** No e-mail. */
        public static final EmailBinding NONE = new EmailBinding(null, null);
    }

    StoredConversation with(Consumer<Edit> change) {
        Edit edit = new Edit(this);
        change.accept(edit);
        return edit.build();
    }

    /** The fields on their way from one value to the next. Confined to one thread. */
    static final class Edit {
        final String sid;
        final String serviceSid;

        @Nullable
        String friendlyName;

        @Nullable
        String uniqueName;

        String attributes;

        @Nullable
        String messagingServiceSid;

        ConversationState state;
        Instant stateSince;
        StateTimers timers;
        EmailBinding email;
        final String createdBy;
        Instant dateCreated;
        Instant dateUpdated;

        private Edit(StoredConversation from) {
            sid = from.sid;
            serviceSid = from.serviceSid;
            friendlyName = from.friendlyName;
            uniqueName = from.uniqueName;
            attributes = from.attributes;
            messagingServiceSid = from.messagingServiceSid;
            state = from.state;
            stateSince = from.stateSince;
            timers = from.timers;
            email = from.email;
            createdBy = from.createdBy;
            dateCreated = from.dateCreated;
            dateUpdated = from.dateUpdated;
        }

        private StoredConversation build() {
            return new StoredConversation(
                    sid,
                    serviceSid,
                    friendlyName,
                    uniqueName,
                    attributes,
                    messagingServiceSid,
                    state,
                    stateSince,
                    timers,
                    email,
                    createdBy,
                    dateCreated,
                    dateUpdated);
        }
    }
}
