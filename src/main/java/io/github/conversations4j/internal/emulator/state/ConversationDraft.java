package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.model.ConversationState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a conversation to be. Each method sets the field of its name; what is not set, or set to null, is
 * left as it is, and an empty text clears. Confined to one thread until it is given away, not changed after that.
 */
public final class ConversationDraft {
    @Nullable
    String friendlyName;

    @Nullable
    String uniqueName;

    @Nullable
    String attributes;

    @Nullable
    String messagingServiceSid;

    @Nullable
    ConversationState state;

    @Nullable
    Duration inactiveAfter;

    @Nullable
    Duration closedAfter;

    @Nullable
    String emailAddress;

    @Nullable
    String emailName;

    @Nullable
    Instant dateCreated;

    @Nullable
    Instant dateUpdated;

    /** Makes a draft without any field. */
    public ConversationDraft() {}

    public ConversationDraft friendlyName(@Nullable String value) {
        friendlyName = value;
        return this;
    }

    public ConversationDraft uniqueName(@Nullable String value) {
        uniqueName = value;
        return this;
    }

    public ConversationDraft attributes(@Nullable String value) {
        attributes = value;
        return this;
    }

    public ConversationDraft messagingServiceSid(@Nullable String value) {
        messagingServiceSid = value;
        return this;
    }

    public ConversationDraft state(@Nullable ConversationState value) {
        state = value;
        return this;
    }

    /** Zero stops the timer. */
    public ConversationDraft inactiveAfter(@Nullable Duration value) {
        inactiveAfter = value;
        return this;
    }

    /** Zero stops the timer. */
    public ConversationDraft closedAfter(@Nullable Duration value) {
        closedAfter = value;
        return this;
    }

    public ConversationDraft emailAddress(@Nullable String value) {
        emailAddress = value;
        return this;
    }

    public ConversationDraft emailName(@Nullable String value) {
        emailName = value;
        return this;
    }

    public ConversationDraft dateCreated(@Nullable Instant value) {
        dateCreated = value;
        return this;
    }

    public ConversationDraft dateUpdated(@Nullable Instant value) {
        dateUpdated = value;
        return this;
    }
}
