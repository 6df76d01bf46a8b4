package io.github.conversations4j.internal.emulator.faults;

import org.jspecify.annotations.Nullable;

/**
 * A webhook that is about to be sent to one receiver. Immutable.
 *
 * @param event {@code onMessageAdded} …
 * @param conversationSid the conversation it is about; null for none
 */
public record Notice(String event, @Nullable String conversationSid) {}
