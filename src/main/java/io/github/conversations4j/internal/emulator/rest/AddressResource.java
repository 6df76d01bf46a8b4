package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.AddressConfiguration;
import io.github.conversations4j.internal.emulator.state.AddressConfiguration.AutoCreation;
import io.github.conversations4j.internal.emulator.state.Addresses;

/** {@code /Configuration/Addresses}, of the account. */
final class AddressResource {
    private static final Paging PAGING = Paging.of("address_configurations", 50, "Type");
    private static final String LIST = "/Configuration/Addresses";

    private AddressResource() {}

    static void register(RouteTable table) {
        table.add("GET", LIST, AddressResource::list);
        table.add("POST", LIST, AddressResource::create);
        table.add("GET", LIST + "/{Sid}", AddressResource::fetch);
        table.add("POST", LIST + "/{Sid}", AddressResource::update);
        table.add("DELETE", LIST + "/{Sid}", AddressResource::delete);
    }

    private static Result list(RestCall call) {
        String type = call.parameters().text("Type");
        return PAGING.answer(
                call,
                call.links().account(LIST),
                call.twilio()
                        .addresses()
                        .list(PAGING.at(call, false), address -> type == null || type.equalsIgnoreCase(address.type())),
                address -> json(call, address));
    }

    private static Result create(RestCall call) {
        call.parameters().required("Type", Parameters.INVALID);
        call.parameters().required("Address", 50407);
        return Result.created(json(call, call.twilio().addresses().create(call.silent(), draft(call.parameters()))));
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(call, call.twilio().addresses().get(call.in("Sid"))));
    }

    private static Result update(RestCall call) {
        return Result.ok(
                json(call, call.twilio().addresses().update(call.silent(), call.in("Sid"), draft(call.parameters()))));
    }

    private static Result delete(RestCall call) {
        call.twilio().addresses().delete(call.silent(), call.in("Sid"));
        return Result.gone();
    }

    private static Addresses.Draft draft(Parameters parameters) {
        return new Addresses.Draft(
                parameters.text("Type"),
                parameters.text("Address"),
                parameters.text("FriendlyName"),
                parameters.text("AddressCountry"),
                new AutoCreation(
                        parameters.flag("AutoCreation.Enabled"),
                        parameters.text("AutoCreation.Type"),
                        parameters.text("AutoCreation.ConversationServiceSid"),
                        parameters.text("AutoCreation.WebhookUrl"),
                        parameters.text("AutoCreation.WebhookMethod"),
                        parameters.all("AutoCreation.WebhookFilters"),
                        parameters.text("AutoCreation.StudioFlowSid"),
                        parameters.number("AutoCreation.StudioRetryCount", Parameters.INVALID)));
    }

    private static ObjectNode json(RestCall call, AddressConfiguration address) {
        ObjectNode json = Json.object()
                .put("sid", address.sid())
                .put("account_sid", call.twilio().accountSid())
                .put("type", address.type())
                .put("address", address.address())
                .put("friendly_name", address.friendlyName())
                .put("address_country", address.country());
        json.set("auto_creation", json(address.autoCreation()));
        return json.put("date_created", Json.date(address.dateCreated()))
                .put("date_updated", Json.date(address.dateUpdated()))
                .put("url", call.links().account(LIST + "/" + address.sid()));
    }

    private static ObjectNode json(AutoCreation creation) {
        ObjectNode json = Json.object()
                .put("enabled", creation.enabled())
                .put("type", creation.type())
                .put("conversation_service_sid", creation.serviceSid());
        if ("webhook".equals(creation.type())) {
            json.put("webhook_url", creation.webhookUrl()).put("webhook_method", creation.webhookMethod());
            ArrayNode filters = json.putArray("webhook_filters");
            if (creation.webhookFilters() != null) {
                creation.webhookFilters().forEach(filters::add);
            }
        } else if ("studio".equals(creation.type())) {
            json.put("studio_flow_sid", creation.studioFlowSid())
                    .put("studio_retry_count", creation.studioRetryCount());
        }
        return json;
    }
}
