package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.StoredService;

/** {@code /Services}. */
final class ServiceResource {
    private static final Paging PAGING = Paging.of("services", 100);

    private ServiceResource() {}

    static void register(RouteTable table) {
        table.add("GET", "/Services", ServiceResource::list);
        table.add("POST", "/Services", ServiceResource::create);
        table.add("GET", "/Services/{Sid}", ServiceResource::fetch);
        table.add("DELETE", "/Services/{Sid}", ServiceResource::delete);
    }

    private static Result list(RestCall call) {
        return PAGING.answer(
                call,
                call.links().account("/Services"),
                call.twilio().services().list(PAGING.at(call, true)),
                service -> json(call, service));
    }

    private static Result create(RestCall call) {
        String name = call.parameters().required("FriendlyName", 50000);
        return Result.created(json(call, call.twilio().services().create(call.silent(), name)));
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(call, call.twilio().services().get(call.in("Sid"))));
    }

    private static Result delete(RestCall call) {
        call.twilio().services().delete(call.silent(), call.in("Sid"));
        return Result.gone();
    }

    static ObjectNode json(RestCall call, StoredService service) {
        String url = call.links().account("/Services/" + service.sid());
        ObjectNode json = Json.object()
                .put("sid", service.sid())
                .put("account_sid", call.twilio().accountSid())
                .put("friendly_name", service.friendlyName())
                .put("date_created", Json.date(service.dateCreated()))
                .put("date_updated", Json.date(service.dateUpdated()))
                .put("url", url);
        json.putObject("links")
                .put("conversations", url + "/Conversations")
                .put("users", url + "/Users")
                .put("roles", url + "/Roles")
                .put("bindings", url + "/Bindings")
                .put("configuration", url + "/Configuration")
                .put("participant_conversations", url + "/ParticipantConversations")
                .put("conversation_with_participants", url + "/ConversationWithParticipants");
        return json;
    }
}
