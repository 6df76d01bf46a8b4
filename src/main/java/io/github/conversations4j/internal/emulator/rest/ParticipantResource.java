package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.ParticipantDraft;
import io.github.conversations4j.internal.emulator.state.Reading;
import io.github.conversations4j.internal.emulator.state.StoredParticipant;
import org.jspecify.annotations.Nullable;

/** {@code /Conversations/{ConversationSid}/Participants}. */
final class ParticipantResource {
    private static final Paging PAGING = Paging.of("participants", 100);
    private static final String LIST = "/Conversations/{ConversationSid}/Participants";

    private ParticipantResource() {}

    static void register(RouteTable table) {
        table.both("GET", LIST, ParticipantResource::list);
        table.both("POST", LIST, ParticipantResource::create);
        table.both("GET", LIST + "/{Sid}", ParticipantResource::fetch);
        table.both("POST", LIST + "/{Sid}", ParticipantResource::update);
        table.both("DELETE", LIST + "/{Sid}", ParticipantResource::delete);
    }

    private static Result list(RestCall call) {
        String conversation = call.conversationSid();
        return PAGING.answer(
                call,
                call.links().conversation(conversation) + "/Participants",
                call.service().participants().list(conversation, PAGING.at(call, false)),
                participant -> json(call, participant));
    }

    private static Result create(RestCall call) {
        Parameters parameters = call.parameters();
        ParticipantDraft draft = draft(parameters)
                .address(parameters.text("MessagingBinding.Address"))
                .proxyAddress(parameters.text("MessagingBinding.ProxyAddress"))
                .projectedAddress(parameters.text("MessagingBinding.ProjectedAddress"));
        return Result.created(
                json(call, call.service().participants().add(call.loud(), call.in("ConversationSid"), draft)));
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(call, call.service().participants().get(call.in("ConversationSid"), call.in("Sid"))));
    }

    private static Result update(RestCall call) {
        Parameters parameters = call.parameters();
        ParticipantDraft draft = draft(parameters)
                .proxyAddress(removable(parameters.text("MessagingBinding.ProxyAddress")))
                .projectedAddress(removable(parameters.text("MessagingBinding.ProjectedAddress")))
                .reading(reading(parameters, 50406, 50405));
        return Result.ok(json(
                call,
                call.service().participants().update(call.loud(), call.in("ConversationSid"), call.in("Sid"), draft)));
    }

    private static Result delete(RestCall call) {
        call.service().participants().remove(call.loud(), call.in("ConversationSid"), call.in("Sid"));
        return Result.gone();
    }

    private static ParticipantDraft draft(Parameters parameters) {
        return new ParticipantDraft()
                .identity(parameters.text("Identity"))
                .attributes(parameters.text("Attributes"))
                .roleSid(parameters.text("RoleSid"))
                .dateCreated(parameters.date("DateCreated", 50308))
                .dateUpdated(parameters.date("DateUpdated", 50309));
    }

    /** The text {@code null} removes an address. */
    private static @Nullable String removable(@Nullable String address) {
        return "null".equals(address) ? "" : address;
    }

    /** What was read, if the call says so; an empty index, or the text {@code null}, takes the horizon away. */
    static @Nullable Reading reading(Parameters parameters, int indexCode, int dateCode) {
        String given = parameters.text("LastReadMessageIndex");
        if (given == null) {
            return null;
        }
        boolean nothing = given.isEmpty() || given.equals("null");
        Long index = nothing ? null : parameters.number("LastReadMessageIndex", indexCode);
        return new Reading(index, parameters.date("LastReadTimestamp", dateCode));
    }

    static ObjectNode json(RestCall call, StoredParticipant participant) {
        ObjectNode json = Json.object()
                .put("sid", participant.sid())
                .put("account_sid", call.twilio().accountSid())
                .put("conversation_sid", participant.conversationSid())
                .put("identity", participant.identity())
                .put("attributes", participant.attributes());
        if (call.links().named()) {
            json.put("chat_service_sid", call.service().sid());
        }
        json.set("messaging_binding", Json.binding(participant.binding()));
        return json.put("role_sid", participant.roleSid())
                .put("date_created", Json.date(participant.dateCreated()))
                .put("date_updated", Json.date(participant.dateUpdated()))
                .put("last_read_message_index", participant.lastReadIndex())
                .put("last_read_timestamp", Json.date(participant.lastReadAt()))
                .put("url", url(call, participant));
    }

    static String url(RestCall call, StoredParticipant participant) {
        return call.links().conversation(participant.conversationSid()) + "/Participants/" + participant.sid();
    }
}
