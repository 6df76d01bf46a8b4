package io.github.conversations4j.internal.emulator.state;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events that Twilio sends webhooks for, by their names on the wire. */
public enum EventName {
    /** Before a conversation is made. */
    CONVERSATION_ADD("onConversationAdd", true, false),
    /** Before a conversation is changed. */
    CONVERSATION_UPDATE("onConversationUpdate", true, false),
    /** Before a conversation is deleted. */
    CONVERSATION_REMOVE("onConversationRemove", true, false),
    /** Before a message is stored. */
    MESSAGE_ADD("onMessageAdd", true, false),
    /** Before a message is changed. */
    MESSAGE_UPDATE("onMessageUpdate", true, false),
    /** Before a message is deleted. */
    MESSAGE_REMOVE("onMessageRemove", true, false),
    /** Before somebody comes into a conversation. */
    PARTICIPANT_ADD("onParticipantAdd", true, false),
    /** Before a participant is changed. */
    PARTICIPANT_UPDATE("onParticipantUpdate", true, false),
    /** Before somebody goes out of a conversation. */
    PARTICIPANT_REMOVE("onParticipantRemove", true, false),
    /** Before a user is changed. */
    USER_UPDATE("onUserUpdate", true, false),
    /** A conversation was made. */
    CONVERSATION_ADDED("onConversationAdded", false, false),
    /** A conversation was changed. */
    CONVERSATION_UPDATED("onConversationUpdated", false, true),
    /** A conversation was deleted. */
    CONVERSATION_REMOVED("onConversationRemoved", false, true),
    /** A conversation came into another state. */
    CONVERSATION_STATE_UPDATED("onConversationStateUpdated", false, true),
    /** A message was stored. */
    MESSAGE_ADDED("onMessageAdded", false, true),
    /** A message was changed. */
    MESSAGE_UPDATED("onMessageUpdated", false, true),
    /** A message was deleted. */
    MESSAGE_REMOVED("onMessageRemoved", false, true),
    /** Somebody came into a conversation. */
    PARTICIPANT_ADDED("onParticipantAdded", false, true),
    /** A participant was changed. */
    PARTICIPANT_UPDATED("onParticipantUpdated", false, true),
    /** Somebody went out of a conversation. */
    PARTICIPANT_REMOVED("onParticipantRemoved", false, true),
    /** A message went a step further on its way to one recipient. */
    DELIVERY_UPDATED("onDeliveryUpdated", false, true),
    /** A user was made. */
    USER_ADDED("onUserAdded", false, false),
    /** A user was changed. */
    USER_UPDATED("onUserUpdated", false, false);

    private final String wireName;
    private final boolean pre;
    private final boolean scoped;

    EventName(String wireName, boolean pre, boolean scoped) {
        this.wireName = wireName;
        this.pre = pre;
        this.scoped = scoped;
    }

    /**
     * Gives the name on the wire.
     *
     * @return for example {@code onMessageAdded}
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Says whether it is asked before, or told after.
     *
     * @return whether it is a pre-event
     */
    public boolean pre() {
        return pre;
    }

    /**
     * Says whether webhooks of a conversation may want it.
     *
     * @return whether they may
     */
    public boolean scoped() {
        return scoped;
    }

    /** Gives filters back as they are stored: known names, each once. */
    static @Nullable List<String> filters(@Nullable List<String> given, String parameter, boolean scoped, int code) {
        if (given == null) {
            return null;
        }
        for (String name : given) {
            if (Arrays.stream(values()).noneMatch(event -> event.wireName.equals(name) && (!scoped || event.scoped))) {
                throw TwilioFault.invalid(code, parameter + " holds " + name + ", which is no event it can wait for");
            }
        }
        return given.stream().distinct().toList();
    }
}
