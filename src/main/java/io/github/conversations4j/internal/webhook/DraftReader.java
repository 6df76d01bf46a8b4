package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.source.ConversationDraft;
import io.github.conversations4j.source.Draft;
import io.github.conversations4j.source.MessageDraft;
import io.github.conversations4j.source.ParticipantDraft;
import io.github.conversations4j.source.UserDraft;

/** Makes drafts of verified parameters. What a webhook does not carry stays null. */
final class DraftReader {
    private DraftReader() {}

    static Draft message(Parameters parameters) {
        return new MessageDraft(
                parameters.require("ConversationSid"),
                parameters.text("MessageSid"),
                parameters.integer("Index"),
                parameters.text("Author"),
                parameters.text("Body"),
                parameters.attributes(),
                MediaList.read(parameters.text("Media")),
                parameters.text("ParticipantSid"),
                parameters.text("ClientIdentity"));
    }

    static Draft conversation(Parameters parameters) {
        return new ConversationDraft(
                parameters.text("ConversationSid"),
                parameters.text("FriendlyName"),
                parameters.text("UniqueName"),
                parameters.attributes(),
                parameters.text("ChatServiceSid"),
                parameters.text("State") == null ? null : ResourceReader.state(parameters, "State"),
                parameters.text("MessageBody"),
                ResourceReader.binding(parameters),
                parameters.text("ClientIdentity"));
    }

    static Draft participant(Parameters parameters) {
        return new ParticipantDraft(
                parameters.require("ConversationSid"),
                parameters.text("ParticipantSid"),
                parameters.text("Identity"),
                parameters.text("RoleSid"),
                parameters.attributes(),
                ResourceReader.binding(parameters),
                parameters.text("ClientIdentity"));
    }

    static Draft user(Parameters parameters) {
        return new UserDraft(
                parameters.require("UserSid"),
                parameters.text("Identity"),
                parameters.text("FriendlyName"),
                parameters.attributes(),
                parameters.text("RoleSid"),
                parameters.text("ClientIdentity"));
    }
}
