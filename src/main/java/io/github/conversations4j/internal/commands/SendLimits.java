package io.github.conversations4j.internal.commands;

import io.github.conversations4j.internal.wire.Sid;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.MessageChange;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMessage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How much Twilio takes, so that what it would refuse is not sent at all. Stateless.
 *
 * <p>Kilobytes are documented and counted here as 1024 bytes of UTF-8, which nobody could try; a message at the very edge
 * may be refused by either side.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/conversations-limits">Conversations Limits</a>
 */
public final class SendLimits {
    /** What a message to SMS and WhatsApp may hold; counted here in code points, so that none is refused wrongly. */
    public static final int CHANNEL_BODY_CHARACTERS = 1600;

    private static final String CHAT = "the limit of chat";
    private static final long FILE_BYTES = 150L << 20;
    private static final int BODY_BYTES = 32 * 1024;
    private static final int MESSAGE_ATTRIBUTES_BYTES = 4 * 1024;
    private static final int CONVERSATION_ATTRIBUTES_BYTES = 16 * 1024;
    private static final int SUBJECT_CHARACTERS = 256;
    private static final int NAME_CHARACTERS = 256;

    private SendLimits() {}

    /**
     * Refuses a message that no channel takes.
     *
     * @param message the message
     */
    public static void check(NewMessage message) {
        String body = Arguments.given("message", message).body();
        if ((body == null || body.isEmpty())
                && message.mediaSids().isEmpty()
                && message.contentSid() == null
                && message.subject() == null) {
            throw new IllegalArgumentException("message: needs a body, media or a content template");
        }
        checkParts(message);
    }

    private static void checkParts(NewMessage message) {
        message.mediaSids().forEach(sid -> Arguments.sid("media SID", "ME", sid));
        Arguments.sidIfGiven("content SID", "HX", message.contentSid());
        if (message.body() != null) {
            bytes("body", message.body(), BODY_BYTES, CHAT);
        }
        messageAttributes(message.attributes());
        characters("subject", message.subject(), SUBJECT_CHARACTERS);
    }

    /**
     * Refuses a message that no channel takes, which files will be added to.
     *
     * @param message the message
     * @param files how many files are added
     * @param most how many a message can have on this side
     */
    public static void check(NewMessage message, int files, int most) {
        int all = Arguments.given("message", message).mediaSids().size() + files;
        if (all > most) {
            throw new IllegalArgumentException("files: at most " + most + " per message are taken here, were " + all
                    + (most == 1 ? "; REST takes one, a participant's client several. Send several messages" : ""));
        }
        if (files == 0) {
            check(message);
        } else if (message.contentSid() != null) {
            throw new IllegalArgumentException("files: a message from a content template has none of its own");
        } else {
            checkParts(message);
        }
    }

    /**
     * Refuses a file that no channel takes.
     *
     * @param size its bytes; -1 if that is not known
     */
    public static void file(long size) {
        if (size > FILE_BYTES) {
            throw new IllegalArgumentException(
                    "file: is " + size + " bytes long, at most " + FILE_BYTES + " are taken, " + CHAT);
        }
    }

    /**
     * Refuses a change that no message takes.
     *
     * @param change the change
     */
    public static void check(MessageChange change) {
        Arguments.given("change", change);
        if (change.body() != null) {
            bytes("body", change.body(), BODY_BYTES, CHAT);
        }
        if (change.attributes() != null) {
            messageAttributes(change.attributes());
        }
        characters("subject", change.subject(), SUBJECT_CHARACTERS);
    }

    /**
     * Refuses a conversation that Twilio does not take.
     *
     * @param conversation the conversation
     */
    public static void check(NewConversation conversation) {
        Arguments.given("conversation", conversation);
        names(conversation.friendlyName(), conversation.uniqueName());
        messagingService(conversation.messagingServiceSid());
        conversationAttributes(conversation.attributes());
    }

    /**
     * Refuses a change that no conversation takes.
     *
     * @param change the change
     */
    public static void check(ConversationChange change) {
        Arguments.given("change", change);
        names(change.friendlyName(), change.uniqueName());
        messagingService(change.messagingServiceSid());
        if (change.attributes() != null) {
            conversationAttributes(change.attributes());
        }
    }

    private static void messagingService(@Nullable String sid) {
        Arguments.sidIfGiven("messaging service SID", "MG", sid);
    }

    private static void names(@Nullable String friendlyName, @Nullable String uniqueName) {
        name("friendly name", friendlyName);
        name("unique name", uniqueName);
        if (uniqueName != null && Sid.isAny(uniqueName)) {
            throw new IllegalArgumentException("unique name: must not look like a SID, was \"" + uniqueName + '"');
        }
    }

    /**
     * Says whether a text is too long for SMS and WhatsApp.
     *
     * @param body the text
     * @return whether it is
     */
    public static boolean exceedsChannel(@Nullable String body) {
        return body != null && body.codePointCount(0, body.length()) > CHANNEL_BODY_CHARACTERS;
    }

    /**
     * Refuses attributes that a message, participant or user can not have.
     *
     * @param attributes the attributes
     */
    public static void messageAttributes(Attributes attributes) {
        attributes(attributes, MESSAGE_ATTRIBUTES_BYTES);
    }

    /**
     * Refuses attributes of a message that have become too large by the id in them.
     *
     * @param attributes the attributes with the id
     */
    public static void stamped(Attributes attributes) {
        bytes(
                "attributes with the id that this library adds to them",
                attributes.json(),
                MESSAGE_ATTRIBUTES_BYTES,
                "the limit of Twilio");
    }

    /**
     * Refuses attributes that a conversation can not have.
     *
     * @param attributes the attributes
     */
    public static void conversationAttributes(Attributes attributes) {
        attributes(attributes, CONVERSATION_ATTRIBUTES_BYTES);
    }

    /**
     * Refuses a name that is too long.
     *
     * @param name the argument, for the message
     * @param value its value
     */
    public static void name(String name, @Nullable String value) {
        characters(name, value, NAME_CHARACTERS);
    }

    private static void attributes(Attributes attributes, int limit) {
        if (!attributes.isValid()) {
            throw new IllegalArgumentException("attributes: must be JSON; Twilio takes nothing else");
        }
        bytes("attributes", attributes.json(), limit, "the limit of Twilio");
    }

    private static void bytes(String name, String value, int limit, String whose) {
        // No text has more bytes than three per char, so that most are let pass uncounted.
        if (value.length() > limit / 3) {
            int size = value.getBytes(StandardCharsets.UTF_8).length;
            if (size > limit) {
                throw new IllegalArgumentException(
                        name + ": is " + size + " bytes long, at most " + limit + " are taken, " + whose);
            }
        }
    }

    private static void characters(String name, @Nullable String value, int limit) {
        if (value != null && value.length() > limit) {
            throw new IllegalArgumentException(
                    name + ": is " + value.length() + " characters long, at most " + limit + " are taken");
        }
    }
}
