package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.source.ConversationDraft;
import io.github.conversations4j.source.ConversationRemovalDraft;
import io.github.conversations4j.source.Draft;
import io.github.conversations4j.source.MessageDraft;
import io.github.conversations4j.source.MessageRemovalDraft;
import io.github.conversations4j.source.ParticipantDraft;
import io.github.conversations4j.source.UserDraft;
import org.jspecify.annotations.Nullable;

/** Makes drafts of verified parameters. What a webhook does not carry stays null. */
final class DraftReader {
    private DraftReader() {}

    static Draft message(Parameters parameters) {
        return new MessageDraft(
                parameters.require(Names.CONVERSATION_SID),
                parameters.text(Names.MESSAGE_SID),
                parameters.integer(Names.INDEX),
                parameters.text(Names.AUTHOR),
                parameters.text(Names.BODY),
                parameters.attributes(),
                MediaList.read(parameters.text(Names.MEDIA)),
                parameters.text(Names.PARTICIPANT_SID),
                parameters.text(Names.CLIENT_IDENTITY));
    }

    static Draft messageRemoval(Parameters parameters) {
        return new MessageRemovalDraft(
                parameters.require(Names.CONVERSATION_SID),
                parameters.require(Names.MESSAGE_SID),
                parameters.integer(Names.INDEX),
                parameters.text(Names.AUTHOR),
                parameters.text(Names.BODY),
                parameters.attributes(),
                MediaList.read(parameters.text(Names.MEDIA)),
                parameters.text(Names.PARTICIPANT_SID),
                parameters.text(Names.CLIENT_IDENTITY));
    }

    static Draft conversation(Parameters parameters) {
        return new ConversationDraft(
                parameters.text(Names.CONVERSATION_SID),
                parameters.text(Names.FRIENDLY_NAME),
                parameters.text(Names.UNIQUE_NAME),
                parameters.attributes(),
                parameters.text(Names.CHAT_SERVICE_SID),
                state(parameters),
                parameters.text(Names.MESSAGE_BODY),
                ResourceReader.binding(parameters),
                parameters.text(Names.CLIENT_IDENTITY));
    }

    static Draft conversationRemoval(Parameters parameters) {
        return new ConversationRemovalDraft(
                parameters.require(Names.CONVERSATION_SID),
                parameters.text(Names.FRIENDLY_NAME),
                parameters.text(Names.UNIQUE_NAME),
                parameters.attributes(),
                parameters.text(Names.CHAT_SERVICE_SID),
                state(parameters),
                parameters.text(Names.CLIENT_IDENTITY));
    }

    private static @Nullable ConversationState state(Parameters parameters) {
        return parameters.text(Names.STATE) == null ? null : ResourceReader.state(parameters, Names.STATE);
    }

    static Draft participant(Parameters parameters) {
        return new ParticipantDraft(
                parameters.require(Names.CONVERSATION_SID),
                parameters.text(Names.PARTICIPANT_SID),
                parameters.text(Names.IDENTITY),
                parameters.text(Names.ROLE_SID),
                parameters.attributes(),
                ResourceReader.binding(parameters),
                parameters.text(Names.CLIENT_IDENTITY));
    }

    static Draft user(Parameters parameters) {
        return new UserDraft(
                parameters.require(Names.USER_SID),
                parameters.text(Names.IDENTITY),
                parameters.text(Names.FRIENDLY_NAME),
                parameters.attributes(),
                parameters.text(Names.ROLE_SID),
                parameters.text(Names.CLIENT_IDENTITY));
    }
}
