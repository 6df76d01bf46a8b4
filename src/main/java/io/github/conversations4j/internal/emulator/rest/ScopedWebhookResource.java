package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.ScopedWebhook;
import io.github.conversations4j.internal.emulator.state.ScopedWebhook.Target;
import io.github.conversations4j.internal.emulator.state.ScopedWebhooks;
import java.util.List;
import java.util.Locale;

/**
 * {@code /Conversations/{ConversationSid}/Webhooks}. The specification's example of a trigger shows its words under
 * {@code filters}, the parameter is called {@code Triggers}: the answer holds them under both names.
 */
final class ScopedWebhookResource {
    private static final Paging PAGING = Paging.of("webhooks", 5);
    private static final String LIST = "/Conversations/{ConversationSid}/Webhooks";

    private ScopedWebhookResource() {}

    static void register(RouteTable table) {
        table.both("GET", LIST, ScopedWebhookResource::list);
        table.both("POST", LIST, ScopedWebhookResource::create);
        table.both("GET", LIST + "/{Sid}", ScopedWebhookResource::fetch);
        table.both("POST", LIST + "/{Sid}", ScopedWebhookResource::update);
        table.both("DELETE", LIST + "/{Sid}", ScopedWebhookResource::delete);
    }

    private static Result list(RestCall call) {
        String conversation = call.conversationSid();
        return PAGING.answer(
                call,
                call.links().conversation(conversation) + "/Webhooks",
                call.service().scopedWebhooks().list(conversation, PAGING.at(call, false)),
                webhook -> json(call, webhook));
    }

    private static Result create(RestCall call) {
        Target target = call.parameters().requiredOneOf("Target", List.of(Target.values()), 50368, 50364);
        return Result.created(json(
                call,
                call.service()
                        .scopedWebhooks()
                        .create(call.silent(), call.in("ConversationSid"), target, draft(call.parameters()))));
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(call, call.service().scopedWebhooks().get(call.in("ConversationSid"), call.in("Sid"))));
    }

    private static Result update(RestCall call) {
        return Result.ok(json(
                call,
                call.service()
                        .scopedWebhooks()
                        .update(call.silent(), call.in("ConversationSid"), call.in("Sid"), draft(call.parameters()))));
    }

    private static Result delete(RestCall call) {
        call.service().scopedWebhooks().delete(call.silent(), call.in("ConversationSid"), call.in("Sid"));
        return Result.gone();
    }

    private static ScopedWebhooks.Draft draft(Parameters parameters) {
        return new ScopedWebhooks.Draft(
                parameters.text("Configuration.Url"),
                parameters.text("Configuration.Method"),
                parameters.all("Configuration.Filters"),
                parameters.all("Configuration.Triggers"),
                parameters.text("Configuration.FlowSid"),
                parameters.number("Configuration.ReplayAfter", 50406));
    }

    private static ObjectNode json(RestCall call, ScopedWebhook webhook) {
        ObjectNode json = Json.object()
                .put("sid", webhook.sid())
                .put("account_sid", call.twilio().accountSid())
                .put("conversation_sid", webhook.conversationSid())
                .put("target", Json.word(webhook.target()))
                .put("url", call.links().conversation(webhook.conversationSid()) + "/Webhooks/" + webhook.sid());
        if (call.links().named()) {
            json.put("chat_service_sid", call.service().sid());
        }
        json.set("configuration", configuration(webhook));
        return json.put("date_created", Json.date(webhook.dateCreated()))
                .put("date_updated", Json.date(webhook.dateUpdated()));
    }

    private static ObjectNode configuration(ScopedWebhook webhook) {
        ObjectNode json = Json.object();
        if (webhook.target() == Target.STUDIO) {
            return json.put("flow_sid", webhook.flowSid());
        }
        json.put("url", webhook.url()).put("method", webhook.method().toLowerCase(Locale.ROOT));
        if (webhook.target() == Target.TRIGGER) {
            webhook.triggers().forEach(json.putArray("triggers")::add);
            webhook.triggers().forEach(json.putArray("filters")::add);
        } else {
            webhook.filters().forEach(json.putArray("filters")::add);
        }
        if (webhook.replayAfter() != null) {
            json.put("replay_after", webhook.replayAfter());
        }
        return json;
    }
}
