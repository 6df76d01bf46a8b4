package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.StoredReceipt;

/** {@code /Conversations/{ConversationSid}/Messages/{MessageSid}/Receipts}. */
final class ReceiptResource {
    private static final Paging PAGING = Paging.of("delivery_receipts", 50);
    private static final String LIST = "/Conversations/{ConversationSid}/Messages/{MessageSid}/Receipts";

    private ReceiptResource() {}

    static void register(RouteTable table) {
        table.both("GET", LIST, ReceiptResource::list);
        table.both("GET", LIST + "/{Sid}", ReceiptResource::fetch);
    }

    private static Result list(RestCall call) {
        String conversation = call.conversationSid();
        String message = call.in("MessageSid");
        return PAGING.answer(
                call,
                call.links().conversation(conversation) + "/Messages/" + message + "/Receipts",
                call.service().receipts().list(conversation, message, PAGING.at(call, false)),
                receipt -> json(call, receipt));
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(
                call,
                call.service().receipts().get(call.in("ConversationSid"), call.in("MessageSid"), call.in("Sid"))));
    }

    private static ObjectNode json(RestCall call, StoredReceipt receipt) {
        ObjectNode json = Json.object()
                .put("sid", receipt.sid())
                .put("account_sid", call.twilio().accountSid())
                .put("conversation_sid", receipt.conversationSid())
                .put("message_sid", receipt.messageSid())
                .put("channel_message_sid", receipt.channelMessageSid())
                .put("participant_sid", receipt.participantSid())
                .put("status", Json.word(receipt.status()))
                .put("error_code", receipt.errorCode());
        if (call.links().named()) {
            json.put("chat_service_sid", call.service().sid());
        }
        String message = call.links().conversation(receipt.conversationSid()) + "/Messages/" + receipt.messageSid();
        return json.put("date_created", Json.date(receipt.dateCreated()))
                .put("date_updated", Json.date(receipt.dateUpdated()))
                .put("url", message + "/Receipts/" + receipt.sid());
    }
}
