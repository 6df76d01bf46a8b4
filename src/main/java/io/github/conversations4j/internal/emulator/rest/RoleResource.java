package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.StoredRole;
import io.github.conversations4j.internal.emulator.state.StoredRole.Type;
import java.util.List;

/** {@code /Roles}. */
final class RoleResource {
    private static final Paging PAGING = Paging.of("roles", 50);

    private RoleResource() {}

    static void register(RouteTable table) {
        table.both("GET", "/Roles", RoleResource::list);
        table.both("POST", "/Roles", RoleResource::create);
        table.both("GET", "/Roles/{Sid}", RoleResource::fetch);
        table.both("POST", "/Roles/{Sid}", RoleResource::update);
        table.both("DELETE", "/Roles/{Sid}", RoleResource::delete);
    }

    private static Result list(RestCall call) {
        return PAGING.answer(
                call,
                call.links().of("/Roles"),
                call.service().roles().list(PAGING.at(call, false)),
                role -> json(call, role));
    }

    private static Result create(RestCall call) {
        Parameters parameters = call.parameters();
        String name = parameters.required("FriendlyName", 50000);
        Type type = parameters.requiredOneOf("Type", List.of(Type.values()), 50105, 50105);
        return Result.created(json(call, call.service().roles().create(call.silent(), name, type, permissions(call))));
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(call, call.service().roles().get(call.in("Sid"))));
    }

    private static Result update(RestCall call) {
        return Result.ok(json(call, call.service().roles().update(call.silent(), call.in("Sid"), permissions(call))));
    }

    private static Result delete(RestCall call) {
        call.service().roles().delete(call.silent(), call.in("Sid"));
        return Result.gone();
    }

    private static List<String> permissions(RestCall call) {
        List<String> permissions = call.parameters().list("Permission");
        if (permissions.isEmpty()) {
            throw Parameters.missing("Permission", 50104);
        }
        return permissions;
    }

    private static ObjectNode json(RestCall call, StoredRole role) {
        ObjectNode json = Json.object()
                .put("sid", role.sid())
                .put("account_sid", call.twilio().accountSid())
                .put("chat_service_sid", call.service().sid())
                .put("friendly_name", role.friendlyName())
                .put("type", Json.word(role.type()));
        ArrayNode permissions = json.putArray("permissions");
        role.permissions().forEach(permissions::add);
        return json.put("date_created", Json.date(role.dateCreated()))
                .put("date_updated", Json.date(role.dateUpdated()))
                .put("url", call.links().of("/Roles/" + role.sid()));
    }
}
