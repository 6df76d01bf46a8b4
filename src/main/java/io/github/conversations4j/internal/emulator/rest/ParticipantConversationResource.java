package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.Membership;
import io.github.conversations4j.internal.emulator.state.PageAt;
import io.github.conversations4j.internal.emulator.state.Participants;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.StoredParticipant;
import io.github.conversations4j.internal.emulator.state.TwilioFault;

/** {@code /ParticipantConversations}: where an identity or an address is. */
final class ParticipantConversationResource {
    private static final Paging PAGING = Paging.of("conversations", 50, "Identity", "Address");

    private ParticipantConversationResource() {}

    static void register(RouteTable table) {
        table.both("GET", "/ParticipantConversations", ParticipantConversationResource::list);
    }

    private static Result list(RestCall call) {
        String identity = call.parameters().text("Identity");
        String address = call.parameters().text("Address");
        if ((identity == null) == (address == null)) {
            throw TwilioFault.invalid(
                    identity == null ? Parameters.INVALID : 50451, "Exactly one of Identity and Address must be given");
        }
        PageAt at = PAGING.at(call, false);
        Participants participants = call.service().participants();
        return PAGING.answer(
                call,
                call.links().of("/ParticipantConversations"),
                identity == null ? participants.byAddress(address, at) : participants.byIdentity(identity, at),
                membership -> json(call, membership));
    }

    private static ObjectNode json(RestCall call, Membership membership) {
        StoredConversation conversation = membership.conversation();
        StoredParticipant participant = membership.participant();
        ObjectNode json = Json.object()
                .put("account_sid", call.twilio().accountSid())
                .put("chat_service_sid", call.service().sid())
                .put("participant_sid", participant.sid())
                .put(
                        "participant_user_sid",
                        membership.user() == null ? null : membership.user().sid())
                .put("participant_identity", participant.identity());
        ObjectNode binding = Json.binding(participant.binding());
        json.set(
                "participant_messaging_binding",
                binding == null ? null : binding.putNull("level").putNull("name"));
        json.put("conversation_sid", conversation.sid())
                .put("conversation_unique_name", conversation.uniqueName())
                .put("conversation_friendly_name", conversation.friendlyName())
                .put("conversation_attributes", conversation.attributes())
                .put("conversation_date_created", Json.date(conversation.dateCreated()))
                .put("conversation_date_updated", Json.date(conversation.dateUpdated()))
                .put("conversation_created_by", conversation.createdBy())
                .put("conversation_state", Json.word(conversation.state()));
        json.set("conversation_timers", Json.timers(conversation.timers()));
        json.putObject("links")
                .put("participant", ParticipantResource.url(call, participant))
                .put("conversation", call.links().conversation(conversation));
        return json;
    }
}
