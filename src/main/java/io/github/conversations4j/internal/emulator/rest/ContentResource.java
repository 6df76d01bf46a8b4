package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.StoredTemplate;

/** {@code /Content} of the Content API, of the account; takes JSON and not a form. */
final class ContentResource {
    /** The parameter under which {@link RestApi} hands the JSON over. */
    static final String BODY = "json";

    private static final String PATH = "/Content";
    private static final Paging PAGING = Paging.of("contents", 100);

    private ContentResource() {}

    static void register(RouteTable table) {
        table.add("GET", PATH, ContentResource::list);
        table.add("POST", PATH, ContentResource::create);
        table.add("GET", PATH + "/{Sid}", ContentResource::fetch);
        table.add("DELETE", PATH + "/{Sid}", ContentResource::delete);
    }

    private static Result list(RestCall call) {
        return PAGING.answer(
                call,
                call.links().account(PATH),
                call.service().templates().list(PAGING.at(call, false)),
                template -> json(call, template));
    }

    private static Result create(RestCall call) {
        return Result.created(
                json(call, call.service().templates().create(call.parameters().text(BODY))));
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(call, call.service().templates().get(call.in("Sid"))));
    }

    private static Result delete(RestCall call) {
        call.service().templates().delete(call.in("Sid"));
        return Result.gone();
    }

    private static ObjectNode json(RestCall call, StoredTemplate template) {
        String url = call.links().account(PATH + "/" + template.sid());
        ObjectNode json = Json.object()
                .put("sid", template.sid())
                .put("account_sid", call.twilio().accountSid())
                .put("friendly_name", template.friendlyName())
                .put("language", template.language())
                .put("date_created", Json.date(template.dateCreated()))
                .put("date_updated", Json.date(template.dateCreated()))
                .put("url", url);
        json.set("variables", template.variables().deepCopy());
        json.set("types", template.types().deepCopy());
        json.putObject("links").put("approval_fetch", url + "/ApprovalRequests");
        return json;
    }
}
