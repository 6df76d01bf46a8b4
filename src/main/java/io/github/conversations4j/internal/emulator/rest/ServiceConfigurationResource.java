package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.NotificationSettings;
import io.github.conversations4j.internal.emulator.state.NotificationSettings.Template;
import io.github.conversations4j.internal.emulator.state.ServiceConfiguration;
import io.github.conversations4j.internal.emulator.state.ServiceSettings;
import io.github.conversations4j.internal.emulator.state.WebhookSettings;

/** {@code /Services/{ChatServiceSid}/Configuration}, with its webhooks and notifications. */
final class ServiceConfigurationResource {
    private static final String PATH = "/Services/{" + RouteTable.SERVICE + "}/Configuration";

    private ServiceConfigurationResource() {}

    static void register(RouteTable table) {
        table.add("GET", PATH, ServiceConfigurationResource::fetch);
        table.add("POST", PATH, ServiceConfigurationResource::update);
        table.add("GET", PATH + "/Webhooks", ServiceConfigurationResource::fetchWebhooks);
        table.add("POST", PATH + "/Webhooks", ServiceConfigurationResource::updateWebhooks);
        table.add("GET", PATH + "/Notifications", ServiceConfigurationResource::fetchNotifications);
        table.add("POST", PATH + "/Notifications", ServiceConfigurationResource::updateNotifications);
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(call, configuration(call).settings()));
    }

    private static Result update(RestCall call) {
        Parameters parameters = call.parameters();
        ServiceConfiguration.Draft draft = new ServiceConfiguration.Draft(
                parameters.text("DefaultConversationCreatorRoleSid"),
                parameters.text("DefaultConversationRoleSid"),
                parameters.text("DefaultChatServiceRoleSid"),
                parameters.flag("ReachabilityEnabled"));
        return Result.ok(json(call, configuration(call).update(call.silent(), draft)));
    }

    private static Result fetchWebhooks(RestCall call) {
        return Result.ok(json(call, configuration(call).webhooks()));
    }

    private static Result updateWebhooks(RestCall call) {
        WebhookSettings.Draft draft = ConfigurationResource.webhooks(call.parameters());
        return Result.ok(json(call, configuration(call).updateWebhooks(call.silent(), draft)));
    }

    private static Result fetchNotifications(RestCall call) {
        return Result.ok(json(call, configuration(call).notifications()));
    }

    private static Result updateNotifications(RestCall call) {
        Parameters parameters = call.parameters();
        NotificationSettings draft = new NotificationSettings(
                parameters.flag("LogEnabled"),
                template(parameters, "NewMessage"),
                parameters.flag("NewMessage.BadgeCountEnabled"),
                template(parameters, "NewMessage.WithMedia"),
                template(parameters, "AddedToConversation"),
                template(parameters, "RemovedFromConversation"));
        return Result.ok(json(call, configuration(call).updateNotifications(call.silent(), draft)));
    }

    private static Template template(Parameters parameters, String prefix) {
        return new Template(
                parameters.flag(prefix + ".Enabled"),
                parameters.text(prefix + ".Template"),
                parameters.text(prefix + ".Sound"));
    }

    private static ServiceConfiguration configuration(RestCall call) {
        return call.service().configuration();
    }

    private static String url(RestCall call) {
        return call.links().of("/Configuration");
    }

    private static ObjectNode json(RestCall call, ServiceSettings settings) {
        ObjectNode json = Json.object()
                .put("chat_service_sid", call.service().sid())
                .put("default_conversation_creator_role_sid", settings.creatorRoleSid())
                .put("default_conversation_role_sid", settings.conversationRoleSid())
                .put("default_chat_service_role_sid", settings.serviceRoleSid())
                .put("reachability_enabled", settings.reachability())
                .put("url", url(call));
        json.putObject("links")
                .put("notifications", url(call) + "/Notifications")
                .put("webhooks", url(call) + "/Webhooks");
        return json;
    }

    private static ObjectNode json(RestCall call, WebhookSettings settings) {
        return ConfigurationResource.shared(call, settings)
                .put("chat_service_sid", call.service().sid())
                .put("url", url(call) + "/Webhooks");
    }

    private static ObjectNode json(RestCall call, NotificationSettings settings) {
        ObjectNode json = Json.object()
                .put("account_sid", call.twilio().accountSid())
                .put("chat_service_sid", call.service().sid())
                .put("log_enabled", settings.logEnabled());
        ObjectNode newMessage = json(settings.newMessage()).put("badge_count_enabled", settings.badgeCount());
        ObjectNode media = newMessage.putObject("with_media");
        media.put("enabled", settings.newMedia().enabled())
                .put("template", settings.newMedia().text());
        json.set("new_message", newMessage);
        json.set("added_to_conversation", json(settings.added()));
        json.set("removed_from_conversation", json(settings.removed()));
        return json.put("url", url(call) + "/Notifications");
    }

    private static ObjectNode json(Template template) {
        return Json.object()
                .put("enabled", template.enabled())
                .put("template", template.text())
                .put("sound", template.sound());
    }
}
