package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.PushCredential;
import io.github.conversations4j.internal.emulator.state.PushCredentials;

/** {@code /Credentials}, of the account. The secrets in the parameters are not kept. */
final class CredentialResource {
    private static final Paging PAGING = Paging.of("credentials", 100);

    private CredentialResource() {}

    static void register(RouteTable table) {
        table.add("GET", "/Credentials", CredentialResource::list);
        table.add("POST", "/Credentials", CredentialResource::create);
        table.add("GET", "/Credentials/{Sid}", CredentialResource::fetch);
        table.add("POST", "/Credentials/{Sid}", CredentialResource::update);
        table.add("DELETE", "/Credentials/{Sid}", CredentialResource::delete);
    }

    private static Result list(RestCall call) {
        return PAGING.answer(
                call,
                call.links().account("/Credentials"),
                call.twilio().credentials().list(PAGING.at(call, false)),
                credential -> json(call, credential));
    }

    private static Result create(RestCall call) {
        call.parameters().required("Type", Parameters.INVALID);
        return Result.created(json(call, call.twilio().credentials().create(call.silent(), draft(call.parameters()))));
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(call, call.twilio().credentials().get(call.in("Sid"))));
    }

    private static Result update(RestCall call) {
        return Result.ok(json(
                call, call.twilio().credentials().update(call.silent(), call.in("Sid"), draft(call.parameters()))));
    }

    private static Result delete(RestCall call) {
        call.twilio().credentials().delete(call.silent(), call.in("Sid"));
        return Result.gone();
    }

    private static PushCredentials.Draft draft(Parameters parameters) {
        return new PushCredentials.Draft(
                parameters.text("Type"), parameters.text("FriendlyName"), parameters.flag("Sandbox"));
    }

    private static ObjectNode json(RestCall call, PushCredential credential) {
        return Json.object()
                .put("sid", credential.sid())
                .put("account_sid", call.twilio().accountSid())
                .put("friendly_name", credential.friendlyName())
                .put("type", credential.type())
                .put("sandbox", credential.sandbox() ? "True" : "False")
                .put("date_created", Json.date(credential.dateCreated()))
                .put("date_updated", Json.date(credential.dateUpdated()))
                .put("url", call.links().account("/Credentials/" + credential.sid()));
    }
}
