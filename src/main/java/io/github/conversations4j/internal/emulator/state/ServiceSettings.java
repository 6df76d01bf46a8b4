package io.github.conversations4j.internal.emulator.state;

/**
 * The settings of a service. Immutable.
 *
 * @param creatorRoleSid the role of who makes a conversation, {@code RL…}
 * @param conversationRoleSid the role of who is added to a conversation
 * @param serviceRoleSid the role of a new user
 * @param reachability whether it is told who is online
 */
public record ServiceSettings(
        String creatorRoleSid, String conversationRoleSid, String serviceRoleSid, boolean reachability) {}
