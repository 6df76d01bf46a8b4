package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.ConversationDraft;
import io.github.conversations4j.internal.emulator.state.Membership;
import io.github.conversations4j.internal.emulator.state.MessageDraft;
import io.github.conversations4j.internal.emulator.state.PageAt;
import io.github.conversations4j.internal.emulator.state.ParticipantDraft;
import io.github.conversations4j.internal.emulator.state.Reading;
import io.github.conversations4j.internal.emulator.state.ShelfPage;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.StoredMessage;
import io.github.conversations4j.internal.emulator.state.StoredUser;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.emulator.state.UserDraft;
import io.github.conversations4j.model.NotificationLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The API that the client SDKs call through the socket, as one identity and with the rights of its roles. Thread-safe.
 *
 * <p>Paths are those of production as far as they are known; clients take them from the configuration.
 */
final class ClientApi {
    static final int PAGE = 100;
    private static final int MALFORMED = 20_001;
    private static final String SERVICES = "Services";

    private final ChatService service;
    private final ClientShapes shapes;
    private final String identity;
    private final Cause cause;

    ClientApi(ChatService service, ClientShapes shapes, String identity) {
        this.service = service;
        this.shapes = shapes;
        this.identity = identity;
        this.cause = Cause.sdk(identity);
    }

    /** Answers a request about conversations, messages, participants and users; null if it is for somebody else. */
    @Nullable
    TunnelAnswer answer(TunnelRequest request) {
        List<String> path = request.segments();
        if (request.is("GET", "Client", "v2", "ContentTemplates")) {
            return page(request, "templates", service.templates()::list, shapes::template);
        }
        if (path.size() < 5
                || !path.get(0).equals("Client")
                || !path.get(2).equals(SERVICES)
                || !path.get(3).equals(shapes.serviceSid())) {
            return null;
        }
        List<String> rest = path.subList(4, path.size());
        return switch (rest.get(0)) {
            case "Users" -> rest.size() >= 3 ? mine(request, rest) : users(request, rest);
            case "Conversations" -> rest.size() >= 3 ? inConversation(request, rest) : conversations(request, rest);
            default -> null;
        };
    }

    private @Nullable TunnelAnswer users(TunnelRequest request, List<String> rest) {
        if (rest.size() != 2) {
            return null;
        }
        if (request.method().equals("GET")) {
            return TunnelAnswer.ok(shapes.user(service.users().get(rest.get(1))));
        }
        UserDraft draft = new UserDraft(request.text("friendly_name"), request.text("attributes"), null);
        return TunnelAnswer.ok(shapes.user(service.users().update(cause, rest.get(1), draft)));
    }

    private @Nullable TunnelAnswer mine(TunnelRequest request, List<String> rest) {
        StoredUser me = service.users().get(identity);
        if (!rest.get(1).equals(me.sid()) && !rest.get(1).equals(identity)) {
            throw TwilioFault.forbidden(50_107, "User " + rest.get(1) + " is somebody else");
        }
        if (rest.size() == 3) {
            return page(
                    request,
                    "conversations",
                    at -> service.users().memberships(identity, at),
                    one -> shapes.membership(me, one));
        }
        String conversation = rest.get(3);
        if (request.method().equals("GET")) {
            return TunnelAnswer.ok(shapes.membership(me, service.users().membership(identity, conversation)));
        }
        return TunnelAnswer.ok(shapes.membership(me, attend(request, conversation)));
    }

    private Membership attend(TunnelRequest request, String conversation) {
        String level = request.text("notification_level");
        Reading reading = null;
        if (request.body().has("last_read_message_index")) {
            JsonNode index = request.body().get("last_read_message_index");
            if (!index.isNull() && !index.canConvertToLong()) {
                throw TwilioFault.invalid(50_406, "last_read_message_index must be a number or null");
            }
            reading = new Reading(index.isNull() ? null : index.asLong(), null);
        }
        return service.users().attend(cause, identity, conversation, reading, level == null ? null : level(level));
    }

    private static NotificationLevel level(String text) {
        try {
            return NotificationLevel.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw TwilioFault.invalid(50_210, "notification_level must be default or muted, was " + text);
        }
    }

    private @Nullable TunnelAnswer conversations(TunnelRequest request, List<String> rest) {
        if (rest.size() == 1) {
            return request.method().equals("POST") ? create(request) : null;
        }
        String key = rest.get(1);
        return switch (request.method()) {
            case "GET" -> TunnelAnswer.ok(conversation(key));
            case "DELETE" -> {
                service.conversations().delete(cause, key);
                yield TunnelAnswer.gone();
            }
            default ->
                TunnelAnswer.ok(shapes.conversation(service.conversations().update(cause, key, draft(request))));
        };
    }

    /** The one who makes a conversation sees it, and still has to join it. */
    private TunnelAnswer create(TunnelRequest request) {
        return TunnelAnswer.created(shapes.conversation(service.conversations().create(cause, draft(request))));
    }

    private static ConversationDraft draft(TunnelRequest request) {
        return new ConversationDraft()
                .friendlyName(request.text("friendly_name"))
                .uniqueName(request.text("unique_name"))
                .attributes(request.text("attributes"));
    }

    private ObjectNode conversation(String key) {
        StoredConversation conversation = seen(key);
        return shapes.conversation(conversation)
                .put("messages_count", service.messages().count(conversation.sid()))
                .put(
                        "participants_count",
                        service.participants().all(conversation.sid()).size());
    }

    /** The conversation, for somebody who sees it; others may join it by its SID and read nothing else. */
    private StoredConversation seen(String key) {
        StoredConversation conversation = service.conversations().get(key);
        if (!SyncReader.sees(service, conversation, identity)) {
            throw TwilioFault.forbidden(50_430, identity + " is not in conversation " + key);
        }
        return conversation;
    }

    private @Nullable TunnelAnswer inConversation(TunnelRequest request, List<String> rest) {
        String conversation = rest.get(1);
        return switch (rest.get(2)) {
            case "Participants" -> participants(request, conversation, rest);
            case "Messages" -> messages(request, conversation, rest);
            case "MessageRecipients" -> {
                seen(conversation);
                ObjectNode none = SyncShapes.object();
                none.putArray("message_recipients");
                ClientShapes.meta(none, null, null);
                yield TunnelAnswer.ok(none);
            }
            default -> null;
        };
    }

    private @Nullable TunnelAnswer participants(TunnelRequest request, String conversation, List<String> rest) {
        if (rest.size() == 3) {
            if (request.method().equals("GET")) {
                seen(conversation);
                return page(
                        request,
                        "participants",
                        at -> service.participants().list(conversation, at),
                        shapes::participant);
            }
            return TunnelAnswer.created(
                    shapes.participant(service.participants().add(cause, conversation, newcomer(request))));
        }
        String key = rest.get(3);
        return switch (request.method()) {
            case "GET" -> {
                seen(conversation);
                yield TunnelAnswer.ok(shapes.participant(service.participants().get(conversation, key)));
            }
            case "DELETE" -> {
                service.participants().remove(cause, conversation, key);
                yield TunnelAnswer.gone();
            }
            default ->
                TunnelAnswer.ok(shapes.participant(service.participants()
                        .update(
                                cause,
                                conversation,
                                key,
                                new ParticipantDraft().attributes(request.text("attributes")))));
        };
    }

    private static ParticipantDraft newcomer(TunnelRequest request) {
        JsonNode binding = request.body().path("messaging_binding");
        return new ParticipantDraft()
                .identity(request.text("identity"))
                .attributes(request.text("attributes"))
                .address(
                        binding.path("address").isTextual()
                                ? binding.path("address").asText()
                                : null)
                .proxyAddress(
                        binding.path("proxy_address").isTextual()
                                ? binding.path("proxy_address").asText()
                                : null);
    }

    private @Nullable TunnelAnswer messages(TunnelRequest request, String conversation, List<String> rest) {
        if (rest.size() == 3) {
            if (!request.method().equals("POST")) {
                return null;
            }
            StoredMessage sent =
                    service.messages().add(cause, seen(conversation).sid(), message(request));
            return TunnelAnswer.created(shapes.message(sent));
        }
        String sid = rest.get(3);
        if (rest.size() == 5) {
            return aboutMessage(conversation, sid, rest.get(4), request);
        }
        return switch (request.method()) {
            case "GET" -> {
                seen(conversation);
                yield TunnelAnswer.ok(shapes.message(service.messages().get(conversation, sid)));
            }
            case "DELETE" -> {
                service.messages().delete(cause, conversation, sid);
                yield TunnelAnswer.gone();
            }
            default ->
                TunnelAnswer.ok(shapes.message(service.messages().update(cause, conversation, sid, message(request))));
        };
    }

    private @Nullable TunnelAnswer aboutMessage(String conversation, String sid, String what, TunnelRequest request) {
        seen(conversation);
        service.messages().get(conversation, sid);
        return switch (what) {
            case "ChannelMetadata" -> throw new TwilioFault(404, 50_530, "message " + sid + " has no channel metadata");
            case "Receipts" ->
                page(
                        request,
                        "delivery_receipts",
                        at -> service.receipts().list(conversation, sid, at),
                        shapes::receipt);
            default -> null;
        };
    }

    private static MessageDraft message(TunnelRequest request) {
        List<String> media = new ArrayList<>();
        request.body().path("media_sids").forEach(sid -> media.add(sid.asText()));
        return new MessageDraft()
                .body(request.text("body"))
                .attributes(request.text("attributes"))
                .subject(request.text("subject"))
                .contentSid(request.text("content_sid"))
                .contentVariables(request.text("content_variables"))
                .mediaSids(media);
    }

    private interface Lister<T> {
        ShelfPage<T> list(PageAt at);
    }

    private interface Writer<T> {
        ObjectNode json(T item);
    }

    private static <T> TunnelAnswer page(TunnelRequest request, String key, Lister<T> lister, Writer<T> writer) {
        String token = request.query().get("PageToken");
        PageAt first = PageAt.first(size(request));
        ShelfPage<T> page = lister.list(token == null || token.isEmpty() ? first : first.at(cursor(token)));
        ObjectNode json = SyncShapes.object();
        ArrayNode items = json.putArray(key);
        page.items().forEach(item -> items.add(writer.json(item)));
        ClientShapes.meta(json, token(page.previous()), token(page.next()));
        return TunnelAnswer.ok(json);
    }

    private static int size(TunnelRequest request) {
        String wanted = request.query().get("PageSize");
        try {
            return wanted == null ? PAGE : Math.max(1, Math.min(PAGE, Integer.parseInt(wanted)));
        } catch (NumberFormatException e) {
            throw TwilioFault.invalid(20_007, "PageSize must be a number, was " + wanted);
        }
    }

    private static PageAt.Cursor cursor(String token) {
        try {
            return new PageAt.Cursor(Long.parseLong(token.substring(1)), token.startsWith("B"));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw TwilioFault.invalid(MALFORMED, "PageToken is none that was given");
        }
    }

    private static @Nullable String token(PageAt.@Nullable Cursor cursor) {
        return cursor == null ? null : (cursor.backwards() ? "B" : "A") + cursor.place();
    }
}
