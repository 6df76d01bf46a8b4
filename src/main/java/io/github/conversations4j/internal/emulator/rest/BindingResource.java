package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.StoredBinding;
import java.util.List;

/** {@code /Services/{ChatServiceSid}/Bindings}; they are made by clients, never over REST. */
final class BindingResource {
    private static final Paging PAGING = Paging.of("bindings", 100, "BindingType", "Identity");
    private static final String LIST = "/Services/{" + RouteTable.SERVICE + "}/Bindings";

    private BindingResource() {}

    static void register(RouteTable table) {
        table.add("GET", LIST, BindingResource::list);
        table.add("GET", LIST + "/{Sid}", BindingResource::fetch);
        table.add("DELETE", LIST + "/{Sid}", BindingResource::delete);
    }

    private static Result list(RestCall call) {
        List<String> types = call.parameters().list("BindingType");
        List<String> identities = call.parameters().list("Identity");
        return PAGING.answer(
                call,
                call.links().of("/Bindings"),
                call.service()
                        .bindings()
                        .list(
                                PAGING.at(call, false),
                                binding -> (types.isEmpty() || types.contains(binding.type()))
                                        && (identities.isEmpty() || identities.contains(binding.identity()))),
                binding -> json(call, binding));
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(call, call.service().bindings().get(call.in("Sid"))));
    }

    private static Result delete(RestCall call) {
        call.service().bindings().delete(call.silent(), call.in("Sid"));
        return Result.gone();
    }

    private static ObjectNode json(RestCall call, StoredBinding binding) {
        ObjectNode json = Json.object()
                .put("sid", binding.sid())
                .put("account_sid", call.twilio().accountSid())
                .put("chat_service_sid", call.service().sid())
                .put("credential_sid", binding.credentialSid())
                .put("endpoint", binding.endpoint())
                .put("identity", binding.identity())
                .put("binding_type", binding.type());
        binding.messageTypes().forEach(json.putArray("message_types")::add);
        return json.put("date_created", Json.date(binding.dateCreated()))
                .put("date_updated", Json.date(binding.dateUpdated()))
                .put("url", call.links().of("/Bindings/" + binding.sid()));
    }
}
