package io.github.conversations4j.internal.emulator.state;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Gate} decided. Only what Twilio lets a pre-webhook change can be changed; a field that the proposal does
 * not have is ignored. Changed values are checked like those of the caller, who gets the error. Immutable.
 *
 * @param accepted whether it may happen
 * @param body another message body, or null to keep it
 * @param author another message author, or null to keep it
 * @param attributes other message attributes, or null to keep them
 * @param friendlyName another name of the conversation, or null to keep it
 */
public record Verdict(
        boolean accepted,
        @Nullable String body,
        @Nullable String author,
        @Nullable String attributes,
        @Nullable String friendlyName) {

    /** Let it happen as it is. */
    public static final Verdict ACCEPTED = new Verdict(true, null, null, null, null);

    /** Refuse it: the caller gets code 50056. */
    public static final Verdict REJECTED = new Verdict(false, null, null, null, null);
}
