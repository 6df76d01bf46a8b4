package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.AccountConfiguration;
import io.github.conversations4j.internal.emulator.state.AccountSettings;
import io.github.conversations4j.internal.emulator.state.WebhookSettings;

/** {@code /Configuration} and {@code /Configuration/Webhooks}, of the account. */
final class ConfigurationResource {
    private ConfigurationResource() {}

    static void register(RouteTable table) {
        table.add("GET", "/Configuration", ConfigurationResource::fetch);
        table.add("POST", "/Configuration", ConfigurationResource::update);
        table.add("GET", "/Configuration/Webhooks", ConfigurationResource::fetchWebhooks);
        table.add("POST", "/Configuration/Webhooks", ConfigurationResource::updateWebhooks);
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(call, call.twilio().settings()));
    }

    private static Result update(RestCall call) {
        Parameters parameters = call.parameters();
        AccountConfiguration.Draft draft = new AccountConfiguration.Draft(
                parameters.text("DefaultChatServiceSid"),
                parameters.text("DefaultMessagingServiceSid"),
                parameters.duration("DefaultInactiveTimer", 50379),
                parameters.duration("DefaultClosedTimer", 50380));
        return Result.ok(json(call, call.twilio().configuration().update(call.silent(), draft)));
    }

    private static Result fetchWebhooks(RestCall call) {
        return Result.ok(json(call, call.twilio().configuration().webhooks()));
    }

    private static Result updateWebhooks(RestCall call) {
        return Result.ok(
                json(call, call.twilio().configuration().updateWebhooks(call.silent(), webhooks(call.parameters()))));
    }

    static WebhookSettings.Draft webhooks(Parameters parameters) {
        return new WebhookSettings.Draft(
                parameters.text("Method"),
                parameters.all("Filters"),
                parameters.text("PreWebhookUrl"),
                parameters.text("PostWebhookUrl"),
                parameters.text("Target"));
    }

    private static ObjectNode json(RestCall call, AccountSettings settings) {
        Links links = call.links();
        ObjectNode json = Json.object()
                .put("account_sid", call.twilio().accountSid())
                .put("default_chat_service_sid", settings.defaultServiceSid())
                .put("default_messaging_service_sid", settings.defaultMessagingServiceSid())
                .put("default_inactive_timer", Json.duration(settings.defaultInactiveAfter()))
                .put("default_closed_timer", Json.duration(settings.defaultClosedAfter()))
                .put("url", links.account("/Configuration"));
        json.putObject("links")
                .put("service", links.account("/Services/" + settings.defaultServiceSid() + "/Configuration"))
                .put("webhooks", links.account("/Configuration/Webhooks"));
        return json;
    }

    private static ObjectNode json(RestCall call, WebhookSettings settings) {
        return shared(call, settings)
                .put("target", settings.target())
                .put("url", call.links().account("/Configuration/Webhooks"));
    }

    /** What the webhooks of the account and of a service have in common. */
    static ObjectNode shared(RestCall call, WebhookSettings settings) {
        ObjectNode json = Json.object()
                .put("account_sid", call.twilio().accountSid())
                .put("pre_webhook_url", settings.preUrl())
                .put("post_webhook_url", settings.postUrl())
                .put("method", settings.method());
        settings.filters().forEach(json.putArray("filters")::add);
        return json;
    }
}
