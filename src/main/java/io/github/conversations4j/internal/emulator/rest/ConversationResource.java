package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.ConversationDraft;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.StoredConversation.EmailBinding;
import io.github.conversations4j.model.ConversationState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code /Conversations}. Newest first: documented for lists with a date, assumed for all. Dates of the filter count as
 * whole days, as documented.
 */
final class ConversationResource {
    private static final Paging PAGING = Paging.of("conversations", 100, "StartDate", "EndDate", "State");
    private static final List<ConversationState> STATES = List.of(
            ConversationState.INITIALIZING,
            ConversationState.ACTIVE,
            ConversationState.INACTIVE,
            ConversationState.CLOSED);
    private static final List<ConversationState> SETTABLE = STATES.subList(1, STATES.size());

    private ConversationResource() {}

    static void register(RouteTable table) {
        table.both("GET", "/Conversations", ConversationResource::list);
        table.both("POST", "/Conversations", ConversationResource::create);
        table.both("GET", "/Conversations/{Sid}", ConversationResource::fetch);
        table.both("POST", "/Conversations/{Sid}", ConversationResource::update);
        table.both("DELETE", "/Conversations/{Sid}", ConversationResource::delete);
    }

    private static Result list(RestCall call) {
        return PAGING.answer(
                call,
                call.links().of("/Conversations"),
                call.service().conversations().list(PAGING.at(call, true), filter(call.parameters())),
                conversation -> json(call, conversation));
    }

    private static Predicate<StoredConversation> filter(Parameters parameters) {
        ConversationState state = parameters.oneOf("State", STATES, 50378);
        Instant start = parameters.date("StartDate", Parameters.INVALID);
        Instant end = parameters.date("EndDate", Parameters.INVALID);
        Instant from = start == null ? null : start.truncatedTo(ChronoUnit.DAYS);
        Instant until = end == null ? null : end.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        return conversation -> (state == null || conversation.state() == state)
                && (from == null || !conversation.dateCreated().isBefore(from))
                && (until == null || conversation.dateCreated().isBefore(until));
    }

    private static Result create(RestCall call) {
        return Result.created(json(call, call.service().conversations().create(call.loud(), draft(call.parameters()))));
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(call, call.service().conversations().get(call.in("Sid"))));
    }

    private static Result update(RestCall call) {
        return Result.ok(json(
                call, call.service().conversations().update(call.loud(), call.in("Sid"), draft(call.parameters()))));
    }

    private static Result delete(RestCall call) {
        call.service().conversations().delete(call.loud(), call.in("Sid"));
        return Result.gone();
    }

    static ConversationDraft draft(Parameters parameters) {
        return new ConversationDraft()
                .friendlyName(parameters.text("FriendlyName"))
                .uniqueName(parameters.text("UniqueName"))
                .attributes(parameters.text("Attributes"))
                .messagingServiceSid(parameters.text("MessagingServiceSid"))
                .state(parameters.oneOf("State", SETTABLE, 50378))
                .inactiveAfter(parameters.duration("Timers.Inactive", 50379))
                .closedAfter(parameters.duration("Timers.Closed", 50380))
                .emailAddress(parameters.text("Bindings.Email.Address"))
                .emailName(parameters.text("Bindings.Email.Name"))
                .dateCreated(parameters.date("DateCreated", 50308))
                .dateUpdated(parameters.date("DateUpdated", 50309));
    }

    static ObjectNode json(RestCall call, StoredConversation conversation) {
        String url = call.links().conversation(conversation);
        ObjectNode json = Json.object()
                .put("sid", conversation.sid())
                .put("account_sid", call.twilio().accountSid())
                .put("chat_service_sid", conversation.serviceSid())
                .put("messaging_service_sid", conversation.messagingServiceSid())
                .put("friendly_name", conversation.friendlyName())
                .put("unique_name", conversation.uniqueName())
                .put("attributes", conversation.attributes())
                .put("state", Json.word(conversation.state()))
                .put("date_created", Json.date(conversation.dateCreated()))
                .put("date_updated", Json.date(conversation.dateUpdated()));
        json.set("timers", Json.timers(conversation.timers()));
        json.set("bindings", bindings(conversation.email()));
        json.put("url", url);
        json.putObject("links")
                .put("participants", url + "/Participants")
                .put("messages", url + "/Messages")
                .put("webhooks", url + "/Webhooks")
                .put("export", url + "/Export");
        return json;
    }

    private static ObjectNode bindings(EmailBinding email) {
        ObjectNode json = Json.object();
        if (!email.equals(EmailBinding.NONE)) {
            json.putObject("email").put("address", email.address()).put("name", email.name());
        }
        return json;
    }
}
