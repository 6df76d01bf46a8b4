package io.github.conversations4j.internal.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Who;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.commands.Additions;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewParticipant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Conversations by REST. Immutable and thread-safe.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>.
 *
 * @param rest makes the calls
 * @param participants adds people
 */
record RestConversations(RestClient rest, RestParticipants participants) implements ConversationsApi.Conversations {
    private static final String CONVERSATIONS = "Conversations";
    private static final int LEAST_TOGETHER = 3;
    private static final int MOST_TOGETHER = 10;

    @Override
    public CompletableFuture<ConversationSnapshot> fetch(String sidOrUniqueName) {
        TwilioRequest request =
                TwilioRequest.get("fetch conversation " + sidOrUniqueName, rest.path(CONVERSATIONS, sidOrUniqueName));
        return rest.send(request, Resources::conversation);
    }

    @Override
    public CompletableFuture<Slice<ConversationSnapshot>> list(PageRequest page) {
        TwilioRequest first = TwilioRequest.get("list conversations", rest.path(CONVERSATIONS));
        return rest.page(first, ListOf.CONVERSATIONS, page);
    }

    @Override
    public CompletableFuture<Slice<ConversationSnapshot>> listOf(Who who, PageRequest page) {
        String name = who.identity() == null ? who.address() : who.identity();
        TwilioRequest first = TwilioRequest.get(
                        "list conversations of participant " + name, rest.path("ParticipantConversations"))
                .query("Identity", who.identity())
                .query("Address", who.address());
        return rest.page(first, ListOf.PARTICIPANT_CONVERSATIONS, page);
    }

    @Override
    public CompletableFuture<ConversationSnapshot> create(NewConversation conversation) {
        return rest.send(creation(conversation, CONVERSATIONS), Resources::conversation);
    }

    /** Twilio takes three to ten people in one request; fewer and more are added one after the other. */
    @Override
    public CompletableFuture<ConversationSnapshot> createWith(
            NewConversation conversation, List<NewParticipant> participants) {
        int together = participants.size() < LEAST_TOGETHER ? 0 : Math.min(participants.size(), MOST_TOGETHER);
        CompletableFuture<ConversationSnapshot> made = together == 0
                ? create(conversation)
                : rest.send(
                        withParticipants(
                                creation(conversation, "ConversationWithParticipants"),
                                participants.subList(0, together)),
                        Resources::conversation);
        List<NewParticipant> others = participants.subList(together, participants.size());
        return made.thenCompose(snapshot ->
                new Additions(this.participants).addAll(snapshot.sid(), others).thenApply(added -> snapshot));
    }

    private static TwilioRequest withParticipants(TwilioRequest request, List<NewParticipant> participants) {
        participants.forEach(participant -> request.form("Participant", json(participant)));
        return request;
    }

    /** That attributes and role are taken too, by the names of the answers, is an assumption nobody could try. */
    private static ObjectNode json(NewParticipant participant) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "identity", participant.identity());
        put(json, "attributes", unlessEmpty(participant.attributes()));
        put(json, "role_sid", participant.roleSid());
        MessagingBinding binding = participant.messagingBinding();
        if (binding != null) {
            ObjectNode reached = json.putObject("messaging_binding");
            put(reached, "address", binding.address());
            put(reached, "proxy_address", binding.proxyAddress());
            put(reached, "projected_address", binding.projectedAddress());
        }
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }

    private TwilioRequest creation(NewConversation conversation, String resource) {
        String uniqueName = conversation.uniqueName();
        String action = uniqueName == null ? "create conversation" : "create conversation " + uniqueName;
        return TwilioRequest.post(action, rest.path(resource))
                .withWebhooks(rest.webhooks())
                .form("FriendlyName", conversation.friendlyName())
                .form("UniqueName", uniqueName)
                .form("Attributes", unlessEmpty(conversation.attributes()))
                .form("MessagingServiceSid", conversation.messagingServiceSid())
                .form("State", lowerCase(conversation.state()))
                .form("Timers.Inactive", conversation.inactiveAfter())
                .form("Timers.Closed", conversation.closedAfter());
    }

    /** A timer of zero goes out as {@code PT0S}; that this removes it is an assumption nobody could try. */
    @Override
    public CompletableFuture<ConversationSnapshot> update(String sid, ConversationChange change) {
        TwilioRequest request = TwilioRequest.post("update conversation " + sid, rest.path(CONVERSATIONS, sid))
                .withWebhooks(rest.webhooks())
                .form("FriendlyName", change.friendlyName())
                .form("UniqueName", change.uniqueName())
                .form("Attributes", change.attributes())
                .form("MessagingServiceSid", change.messagingServiceSid())
                .form("State", lowerCase(change.state()))
                .form("Timers.Inactive", change.inactiveAfter())
                .form("Timers.Closed", change.closedAfter());
        return rest.send(request, Resources::conversation);
    }

    @Override
    public CompletableFuture<Void> delete(String sid) {
        return rest.send(TwilioRequest.delete("delete conversation " + sid, rest.path(CONVERSATIONS, sid))
                .withWebhooks(rest.webhooks()));
    }

    private static @Nullable String lowerCase(@Nullable ConversationState state) {
        return state == null ? null : state.name().toLowerCase(Locale.ROOT);
    }

    /** Twilio's default needs no bytes. */
    static @Nullable Attributes unlessEmpty(Attributes attributes) {
        return attributes.equals(Attributes.EMPTY) ? null : attributes;
    }
}
