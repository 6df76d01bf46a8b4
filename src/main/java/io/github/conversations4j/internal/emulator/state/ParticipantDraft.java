package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a participant to be. Each method sets the field of its name; what is not set, or set to null, is
 * left as it is, and an empty text clears. Confined to one thread until it is given away, not changed after that.
 */
public final class ParticipantDraft {
    @Nullable
    String identity;

    @Nullable
    String address;

    @Nullable
    String proxyAddress;

    @Nullable
    String projectedAddress;

    @Nullable
    String attributes;

    @Nullable
    String roleSid;

    @Nullable
    Reading reading;

    @Nullable
    Instant dateCreated;

    @Nullable
    Instant dateUpdated;

    /** Makes a draft without any field. */
    public ParticipantDraft() {}

    /**
     * A chat user.
     *
     * @param identity who it is
     * @return a draft
     */
    public static ParticipantDraft chat(String identity) {
        return new ParticipantDraft().identity(identity);
    }

    public ParticipantDraft identity(@Nullable String value) {
        identity = value;
        return this;
    }

    public ParticipantDraft address(@Nullable String value) {
        address = value;
        return this;
    }

    public ParticipantDraft proxyAddress(@Nullable String value) {
        proxyAddress = value;
        return this;
    }

    public ParticipantDraft projectedAddress(@Nullable String value) {
        projectedAddress = value;
        return this;
    }

    public ParticipantDraft attributes(@Nullable String value) {
        attributes = value;
        return this;
    }

    public ParticipantDraft roleSid(@Nullable String value) {
        roleSid = value;
        return this;
    }

    public ParticipantDraft reading(@Nullable Reading value) {
        reading = value;
        return this;
    }

    public ParticipantDraft dateCreated(@Nullable Instant value) {
        dateCreated = value;
        return this;
    }

    public ParticipantDraft dateUpdated(@Nullable Instant value) {
        dateUpdated = value;
        return this;
    }
}
