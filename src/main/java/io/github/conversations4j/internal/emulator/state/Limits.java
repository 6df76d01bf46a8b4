package io.github.conversations4j.internal.emulator.state;

/**
 * How much Twilio takes, as its documentation says where not noted otherwise. Immutable.
 *
 * @param name characters of a friendly name, identity, address or subject
 * @param uniqueName characters of a unique name; assumed to be as many
 * @param conversationAttributes bytes of a conversation's attributes
 * @param attributes bytes of a message's or participant's attributes; assumed for users too
 * @param body bytes of a message's text in chat
 * @param participants people in one conversation
 * @param nonChatParticipants those of them who are no chat users
 * @param conversationsPerIdentity conversations of one identity that are not closed
 * @param scopedWebhooks webhooks of one conversation
 * @param triggers words of one trigger
 * @param unreadCount how far unread messages are counted
 * @param mediaBytes bytes of one file
 */
public record Limits(
        int name,
        int uniqueName,
        int conversationAttributes,
        int attributes,
        int body,
        int participants,
        int nonChatParticipants,
        int conversationsPerIdentity,
        int scopedWebhooks,
        int triggers,
        int unreadCount,
        long mediaBytes) {

    /** What Twilio documents. */
    public static final Limits DOCUMENTED =
            new Limits(256, 256, 16 * 1024, 4 * 1024, 32 * 1024, 1000, 50, 1000, 5, 5, 1000, 150L * 1024 * 1024);
}
