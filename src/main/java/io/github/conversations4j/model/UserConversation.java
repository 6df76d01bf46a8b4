package io.github.conversations4j.model;

import org.jspecify.annotations.Nullable;

/**
 * What one conversation is to one user: the row of a chat list. Immutable.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/user-conversation-resource">User Conversation resource</a>.
 *
 * @param conversation the conversation, with {@link ConversationSnapshot#mine()} set
 * @param unread how many messages the user has not read
 * @param participantSid who the user is there, {@code MB…}; null if the source did not say
 */
public record UserConversation(
        ConversationSnapshot conversation,
        Unread unread,
        @Nullable String participantSid) {}
