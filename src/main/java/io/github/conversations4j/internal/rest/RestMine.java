package io.github.conversations4j.internal.rest;

import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.model.UserConversation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one user sees and does, by REST. Immutable and thread-safe.
 *
 * <p>Joining, leaving and reading go through the participant and not through the user's conversation, because only the
 * participant's calls can ask for webhooks, without which no hook would see them.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/user-conversation-resource">User Conversation
 * resource</a>.
 *
 * @param rest makes the calls
 * @param participants what is done through the participant
 * @param identity the user
 */
record RestMine(RestClient rest, RestParticipants participants, String identity) implements ConversationsApi.Mine {

    @Override
    public CompletableFuture<Slice<UserConversation>> list(PageRequest page) {
        TwilioRequest first = TwilioRequest.get(
                "list conversations of user " + identity, rest.path("Users", identity, "Conversations"));
        return rest.page(first, ListOf.USER_CONVERSATIONS, page);
    }

    @Override
    public CompletableFuture<UserConversation> fetch(String conversationSidOrUniqueName) {
        String action = "fetch conversation " + conversationSidOrUniqueName + " of user " + identity;
        TwilioRequest request =
                TwilioRequest.get(action, rest.path("Users", identity, "Conversations", conversationSidOrUniqueName));
        return rest.send(request, Resources::userConversation);
    }

    @Override
    public CompletableFuture<Optional<List<ConversationsApi.Followed>>> followed() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletableFuture<Optional<ConversationsApi.Followed>> followed(String conversationSid) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletableFuture<Participant> join(String conversationSid) {
        return participants.add(conversationSid, NewParticipant.chat(identity));
    }

    @Override
    public CompletableFuture<Void> leave(String conversationSid) {
        return participants.remove(conversationSid, identity);
    }

    @Override
    public CompletableFuture<Unread> setLastReadMessageIndex(String conversationSid, @Nullable Integer index) {
        return participants
                .setLastReadMessageIndex(conversationSid, identity, index)
                .thenCompose(moved -> fetch(conversationSid))
                .thenApply(UserConversation::unread);
    }

    /** No webhook tells of it: Twilio takes the header for webhooks on other calls only. */
    @Override
    public CompletableFuture<Void> setNotificationLevel(String conversationSid, NotificationLevel level) {
        TwilioRequest request = TwilioRequest.post(
                        "set notification level of conversation " + conversationSid + " for user " + identity,
                        rest.path("Users", identity, "Conversations", conversationSid))
                .form("NotificationLevel", level.name().toLowerCase(Locale.ROOT));
        return rest.send(request);
    }

    @Override
    public CompletableFuture<Integer> typing(String conversationSid) {
        return CompletableFuture.failedFuture(new UnsupportedByClientException(
                "say that " + identity + " is typing in conversation " + conversationSid,
                "Twilio takes this only over its socket. Use a participant's client"));
    }
}
