package io.github.conversations4j.internal.webhook;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What Twilio asks before it happens. */
enum PreEvent {
    CONVERSATION_ADD("onConversationAdd"),
    CONVERSATION_UPDATE("onConversationUpdate"),
    CONVERSATION_REMOVE("onConversationRemove"),
    MESSAGE_ADD("onMessageAdd"),
    MESSAGE_UPDATE("onMessageUpdate"),
    MESSAGE_REMOVE("onMessageRemove"),
    PARTICIPANT_ADD("onParticipantAdd"),
    PARTICIPANT_UPDATE("onParticipantUpdate"),
    PARTICIPANT_REMOVE("onParticipantRemove"),
    USER_UPDATE("onUserUpdate");

    private static final Set<String> NAMES =
            Arrays.stream(values()).map(event -> event.twilioName).collect(Collectors.toUnmodifiableSet());

    private final String twilioName;

    PreEvent(String twilioName) {
        this.twilioName = twilioName;
    }

    static boolean isNamed(String twilioName) {
        return NAMES.contains(twilioName);
    }
}
