package io.github.conversations4j.internal.emulator.state;

/** What somebody at a client SDK needs a role for, in Twilio's words. */
public enum Right {
    /** Make a conversation. */
    CREATE_CONVERSATION("createConversation"),
    /** Join a conversation without being added. */
    JOIN_CONVERSATION("joinConversation"),
    /** Leave a conversation. */
    LEAVE_CONVERSATION("leaveConversation"),
    /** Delete a conversation. */
    DELETE_CONVERSATION("deleteConversation"),
    /** Rename a conversation. */
    EDIT_CONVERSATION_NAME("editConversationName"),
    /** Change the attributes of a conversation. */
    EDIT_CONVERSATION_ATTRIBUTES("editConversationAttributes"),
    /** Add somebody else. */
    ADD_PARTICIPANT("addParticipant"),
    /** Add somebody at a messaging channel. */
    ADD_NON_CHAT_PARTICIPANT("addNonChatParticipant"),
    /** Remove somebody else. */
    REMOVE_PARTICIPANT("removeParticipant"),
    /** Change one's own attributes in a conversation. */
    EDIT_OWN_PARTICIPANT_ATTRIBUTES("editOwnParticipantAttributes"),
    /** Change anybody's attributes in a conversation. */
    EDIT_ANY_PARTICIPANT_ATTRIBUTES("editAnyParticipantAttributes"),
    /** Mute a conversation for oneself. */
    EDIT_NOTIFICATION_LEVEL("editNotificationLevel"),
    /** Send a message. */
    SEND_MESSAGE("sendMessage"),
    /** Send a message with a file. */
    SEND_MEDIA_MESSAGE("sendMediaMessage"),
    /** Change the text of one's own message. */
    EDIT_OWN_MESSAGE("editOwnMessage"),
    /** Change the attributes of one's own message. */
    EDIT_OWN_MESSAGE_ATTRIBUTES("editOwnMessageAttributes"),
    /** Delete one's own message. */
    DELETE_OWN_MESSAGE("deleteOwnMessage"),
    /** Change the text of anybody's message. */
    EDIT_ANY_MESSAGE("editAnyMessage"),
    /** Change the attributes of anybody's message. */
    EDIT_ANY_MESSAGE_ATTRIBUTES("editAnyMessageAttributes"),
    /** Delete anybody's message. */
    DELETE_ANY_MESSAGE("deleteAnyMessage"),
    /** Change one's own user. */
    EDIT_OWN_USER_INFO("editOwnUserInfo"),
    /** Change anybody's user. */
    EDIT_ANY_USER_INFO("editAnyUserInfo");

    private final String permission;

    Right(String permission) {
        this.permission = permission;
    }

    /**
     * Gives Twilio's word.
     *
     * @return for example {@code sendMessage}
     */
    public String permission() {
        return permission;
    }
}
