package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.MessageDraft;
import io.github.conversations4j.internal.emulator.state.StoredMessage;
import io.github.conversations4j.model.DeliverySummary;
import io.github.conversations4j.model.Media;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /Conversations/{ConversationSid}/Messages}. */
final class MessageResource {
    private static final Paging PAGING = Paging.of("messages", 100, "Order");
    private static final String LIST = "/Conversations/{ConversationSid}/Messages";

    private enum Order {
        ASC,
        DESC
    }

    private MessageResource() {}

    static void register(RouteTable table) {
        table.both("GET", LIST, MessageResource::list);
        table.both("POST", LIST, MessageResource::create);
        table.both("GET", LIST + "/{Sid}", MessageResource::fetch);
        table.both("POST", LIST + "/{Sid}", MessageResource::update);
        table.both("DELETE", LIST + "/{Sid}", MessageResource::delete);
    }

    private static Result list(RestCall call) {
        Order order = call.parameters().oneOf("Order", List.of(Order.values()), Parameters.INVALID);
        String conversation = call.conversationSid();
        return PAGING.answer(
                call,
                call.links().conversation(conversation) + "/Messages",
                call.service().messages().list(conversation, PAGING.at(call, order == Order.DESC)),
                message -> json(call, message));
    }

    private static Result create(RestCall call) {
        MessageDraft draft = draft(call.parameters())
                .mediaSids(call.parameters().list("MediaSid"))
                .contentSid(call.parameters().text("ContentSid"))
                .contentVariables(call.parameters().text("ContentVariables"));
        return Result.created(
                json(call, call.service().messages().add(call.loud(), call.in("ConversationSid"), draft)));
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(call, call.service().messages().get(call.in("ConversationSid"), call.in("Sid"))));
    }

    private static Result update(RestCall call) {
        return Result.ok(json(
                call,
                call.service()
                        .messages()
                        .update(call.loud(), call.in("ConversationSid"), call.in("Sid"), draft(call.parameters()))));
    }

    private static Result delete(RestCall call) {
        call.service().messages().delete(call.loud(), call.in("ConversationSid"), call.in("Sid"));
        return Result.gone();
    }

    private static MessageDraft draft(Parameters parameters) {
        return new MessageDraft()
                .author(parameters.text("Author"))
                .body(parameters.text("Body"))
                .subject(parameters.text("Subject"))
                .attributes(parameters.text("Attributes"))
                .dateCreated(parameters.date("DateCreated", 50308))
                .dateUpdated(parameters.date("DateUpdated", 50309));
    }

    static ObjectNode json(RestCall call, StoredMessage message) {
        String url = call.links().conversation(message.conversationSid()) + "/Messages/" + message.sid();
        ObjectNode json = Json.object()
                .put("sid", message.sid())
                .put("account_sid", call.twilio().accountSid())
                .put("conversation_sid", message.conversationSid())
                .put("index", message.index())
                .put("author", message.author())
                .put("body", message.body());
        if (call.links().named()) {
            json.put("chat_service_sid", call.service().sid());
        }
        json.set("media", media(message.media()));
        json.put("attributes", message.attributes())
                .put("participant_sid", message.participantSid())
                .put("date_created", Json.date(message.dateCreated()))
                .put("date_updated", Json.date(message.dateUpdated()));
        json.set("delivery", delivery(message));
        json.put("content_sid", message.contentSid()).put("url", url);
        json.putObject("links")
                .put("delivery_receipts", url + "/Receipts")
                .put("channel_metadata", url + "/ChannelMetadata");
        return json;
    }

    private static @Nullable ArrayNode media(List<Media> media) {
        if (media.isEmpty()) {
            return null;
        }
        ArrayNode json = Json.object().arrayNode();
        for (Media file : media) {
            json.addObject()
                    .put("sid", file.sid())
                    .put("size", file.size())
                    .put("content_type", file.contentType())
                    .put("filename", file.filename())
                    .put("category", file.category());
        }
        return json;
    }

    private static @Nullable ObjectNode delivery(StoredMessage message) {
        DeliverySummary summary = message.delivery();
        if (summary == null) {
            return null;
        }
        return Json.object()
                .put("total", summary.total())
                .put("sent", Json.word(summary.sent()))
                .put("delivered", Json.word(summary.delivered()))
                .put("read", Json.word(summary.read()))
                .put("failed", Json.word(summary.failed()))
                .put("undelivered", Json.word(summary.undelivered()));
    }
}
