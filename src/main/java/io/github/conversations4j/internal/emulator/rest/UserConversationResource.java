package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.Membership;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.StoredParticipant;
import io.github.conversations4j.internal.emulator.state.StoredUser;
import io.github.conversations4j.model.NotificationLevel;
import java.util.List;
import java.util.Objects;

/** {@code /Users/{UserSid}/Conversations}: conversations with the eyes of a user. Never sends webhooks. */
final class UserConversationResource {
    private static final Paging PAGING = Paging.of("conversations", 50);
    private static final String LIST = "/Users/{UserSid}/Conversations";

    private UserConversationResource() {}

    static void register(RouteTable table) {
        table.both("GET", LIST, UserConversationResource::list);
        table.both("GET", LIST + "/{ConversationSid}", UserConversationResource::fetch);
        table.both("POST", LIST + "/{ConversationSid}", UserConversationResource::update);
        table.both("DELETE", LIST + "/{ConversationSid}", UserConversationResource::delete);
    }

    private static Result list(RestCall call) {
        String user = call.in("UserSid");
        return PAGING.answer(
                call,
                call.links().of("/Users/" + Links.escape(user) + "/Conversations"),
                call.service().users().memberships(user, PAGING.at(call, false)),
                membership -> json(call, membership));
    }

    private static Result fetch(RestCall call) {
        return Result.ok(json(call, call.service().users().membership(call.in("UserSid"), call.in("ConversationSid"))));
    }

    private static Result update(RestCall call) {
        Parameters parameters = call.parameters();
        Membership changed = call.service()
                .users()
                .attend(
                        call.silent(),
                        call.in("UserSid"),
                        call.in("ConversationSid"),
                        ParticipantResource.reading(parameters, 50406, 50405),
                        parameters.oneOf("NotificationLevel", List.of(NotificationLevel.values()), 50210));
        return Result.ok(json(call, changed));
    }

    private static Result delete(RestCall call) {
        Membership membership = call.service().users().membership(call.in("UserSid"), call.in("ConversationSid"));
        call.service()
                .participants()
                .remove(
                        call.silent(),
                        membership.conversation().sid(),
                        membership.participant().sid());
        return Result.gone();
    }

    static ObjectNode json(RestCall call, Membership membership) {
        StoredConversation conversation = membership.conversation();
        StoredParticipant participant = membership.participant();
        StoredUser user = Objects.requireNonNull(membership.user());
        ObjectNode json = Json.object()
                .put("account_sid", call.twilio().accountSid())
                .put("chat_service_sid", call.service().sid())
                .put("conversation_sid", conversation.sid())
                .put("unread_messages_count", membership.unread())
                .put("last_read_message_index", participant.lastReadIndex())
                .put("participant_sid", participant.sid())
                .put("user_sid", user.sid())
                .put("friendly_name", conversation.friendlyName())
                .put("conversation_state", Json.word(conversation.state()));
        json.set("timers", Json.timers(conversation.timers()));
        json.put("attributes", conversation.attributes())
                .put("date_created", Json.date(conversation.dateCreated()))
                .put("date_updated", Json.date(conversation.dateUpdated()))
                .put("created_by", conversation.createdBy())
                .put("notification_level", Json.word(participant.notificationLevel()))
                .put("unique_name", conversation.uniqueName())
                .put("url", call.links().of("/Users/" + user.sid() + "/Conversations/" + conversation.sid()));
        json.putObject("links")
                .put("participant", ParticipantResource.url(call, participant))
                .put("conversation", call.links().conversation(conversation));
        return json;
    }
}
