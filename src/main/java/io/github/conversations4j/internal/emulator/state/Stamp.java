package io.github.conversations4j.internal.emulator.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When and by whom a change was made. Immutable.
 *
 * @param sequence its place among the changes of its service, from 1; 0 for a proposal, which has not happened
 * @param at the emulator's time
 * @param serviceSid the service, {@code IS…}; null for a change of the account
 * @param cause who acted, and whether webhooks are wanted
 * @param hooks the webhooks of the conversation as they were at that moment; empty outside conversations
 */
public record Stamp(long sequence, Instant at, @Nullable String serviceSid, Cause cause, List<ScopedWebhook> hooks) {}
