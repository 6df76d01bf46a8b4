package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.StoredUser;
import io.github.conversations4j.internal.emulator.state.UserDraft;

/** {@code /Users}. Whether a user is online and notifiable stands only in the answer to a fetch, as documented. */
final class UserResource {
    private static final Paging PAGING = Paging.of("users", 50);

    private UserResource() {}

    static void register(RouteTable table) {
        table.both("GET", "/Users", UserResource::list);
        table.both("POST", "/Users", UserResource::create);
        table.both("GET", "/Users/{Sid}", UserResource::fetch);
        table.both("POST", "/Users/{Sid}", UserResource::update);
        table.both("DELETE", "/Users/{Sid}", UserResource::delete);
    }

    private static Result list(RestCall call) {
        return PAGING.answer(
                call,
                call.links().of("/Users"),
                call.service().users().list(PAGING.at(call, false)),
                user -> json(call, user));
    }

    private static Result create(RestCall call) {
        String identity = call.parameters().required("Identity", 50204);
        return Result.created(
                json(call, call.service().users().create(call.loud(), identity, draft(call.parameters()))));
    }

    private static Result fetch(RestCall call) {
        StoredUser user = call.service().users().get(call.in("Sid"));
        ObjectNode json = json(call, user);
        if (call.service().configuration().settings().reachability()) {
            json.put("is_online", user.online()).put("is_notifiable", user.notifiable());
        }
        return Result.ok(json);
    }

    private static Result update(RestCall call) {
        return Result.ok(
                json(call, call.service().users().update(call.loud(), call.in("Sid"), draft(call.parameters()))));
    }

    private static Result delete(RestCall call) {
        call.service().users().delete(call.loud(), call.in("Sid"));
        return Result.gone();
    }

    private static UserDraft draft(Parameters parameters) {
        return new UserDraft(
                parameters.text("FriendlyName"), parameters.text("Attributes"), parameters.text("RoleSid"));
    }

    static ObjectNode json(RestCall call, StoredUser user) {
        String url = call.links().of("/Users/" + user.sid());
        ObjectNode json = Json.object()
                .put("sid", user.sid())
                .put("account_sid", call.twilio().accountSid())
                .put("chat_service_sid", call.service().sid())
                .put("role_sid", user.roleSid())
                .put("identity", user.identity())
                .put("friendly_name", user.friendlyName())
                .put("attributes", user.attributes())
                .putNull("is_online")
                .putNull("is_notifiable")
                .put("date_created", Json.date(user.dateCreated()))
                .put("date_updated", Json.date(user.dateUpdated()))
                .put("url", url);
        json.putObject("links").put("user_conversations", url + "/Conversations");
        return json;
    }
}
