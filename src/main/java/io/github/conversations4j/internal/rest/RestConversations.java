package io.github.conversations4j.internal.rest;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.NewConversation;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Conversations by REST. Immutable and thread-safe.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>.
 *
 * @param rest makes the calls
 */
record RestConversations(RestClient rest) implements ConversationsApi.Conversations {
    private static final String CONVERSATIONS = "Conversations";

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
    public CompletableFuture<ConversationSnapshot> create(NewConversation conversation) {
        String uniqueName = conversation.uniqueName();
        String action = uniqueName == null ? "create conversation" : "create conversation " + uniqueName;
        TwilioRequest request = TwilioRequest.post(action, rest.path(CONVERSATIONS))
                .withWebhooks(rest.webhooks())
                .form("FriendlyName", conversation.friendlyName())
                .form("UniqueName", uniqueName)
                .form("Attributes", unlessEmpty(conversation.attributes()))
                .form("MessagingServiceSid", conversation.messagingServiceSid())
                .form("State", lowerCase(conversation.state()))
                .form("Timers.Inactive", conversation.inactiveAfter())
                .form("Timers.Closed", conversation.closedAfter());
        return rest.send(request, Resources::conversation);
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
