package io.github.conversations4j.internal.rest;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.ParticipantChange;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Participants by REST. Immutable and thread-safe.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/conversation-participant-resource">Conversation
 * Participant resource</a>.
 *
 * @param rest makes the calls
 */
record RestParticipants(RestClient rest) implements ConversationsApi.Participants {
    /** What Twilio takes for "none" where an empty value would be an error. */
    private static final String NONE = "null";

    @Override
    public CompletableFuture<Participant> fetch(String conversationSid, String sidOrIdentity) {
        String action = "fetch participant " + sidOrIdentity + " of conversation " + conversationSid;
        return rest.send(TwilioRequest.get(action, path(conversationSid, sidOrIdentity)), Resources::participant);
    }

    @Override
    public CompletableFuture<Slice<Participant>> list(String conversationSid, PageRequest page) {
        String action = "list participants of conversation " + conversationSid;
        TwilioRequest first = TwilioRequest.get(action, rest.path("Conversations", conversationSid, "Participants"));
        return rest.page(first, ListOf.PARTICIPANTS, page);
    }

    @Override
    public CompletableFuture<Participant> add(String conversationSid, NewParticipant participant) {
        MessagingBinding binding = participant.messagingBinding();
        TwilioRequest request = TwilioRequest.post(
                        "add participant " + name(participant) + " to conversation " + conversationSid,
                        rest.path("Conversations", conversationSid, "Participants"))
                .withWebhooks(rest.webhooks())
                .form("Identity", participant.identity())
                .form("Attributes", RestConversations.unlessEmpty(participant.attributes()))
                .form("RoleSid", participant.roleSid());
        if (binding != null) {
            request.form("MessagingBinding.Address", binding.address())
                    .form("MessagingBinding.ProxyAddress", binding.proxyAddress())
                    .form("MessagingBinding.ProjectedAddress", binding.projectedAddress());
        }
        return rest.send(request, Resources::participant);
    }

    private static String name(NewParticipant participant) {
        String identity = participant.identity();
        MessagingBinding binding = participant.messagingBinding();
        String address = binding == null ? null : binding.address();
        return identity != null ? identity : address != null ? address : "without identity or address";
    }

    @Override
    public CompletableFuture<Participant> update(
            String conversationSid, String sidOrIdentity, ParticipantChange change) {
        TwilioRequest request = update(conversationSid, sidOrIdentity)
                .form("Attributes", change.attributes())
                .form("RoleSid", change.roleSid())
                .form("MessagingBinding.ProxyAddress", noneIfEmpty(change.proxyAddress()))
                .form("MessagingBinding.ProjectedAddress", noneIfEmpty(change.projectedAddress()));
        return rest.send(request, Resources::participant);
    }

    /**
     * Sets the read horizon of a participant. That {@code null} removes it is an assumption nobody could try; Twilio
     * documents the word for addresses only.
     */
    CompletableFuture<Participant> setLastReadMessageIndex(
            String conversationSid, String identity, @Nullable Integer index) {
        TwilioRequest request =
                update(conversationSid, identity).form("LastReadMessageIndex", index == null ? NONE : index);
        return rest.send(request, Resources::participant);
    }

    private TwilioRequest update(String conversationSid, String sidOrIdentity) {
        String action = "update participant " + sidOrIdentity + " of conversation " + conversationSid;
        return TwilioRequest.post(action, path(conversationSid, sidOrIdentity)).withWebhooks(rest.webhooks());
    }

    private static @Nullable String noneIfEmpty(@Nullable String address) {
        return address != null && address.isEmpty() ? NONE : address;
    }

    @Override
    public CompletableFuture<Void> remove(String conversationSid, String sidOrIdentity) {
        String action = "remove participant " + sidOrIdentity + " from conversation " + conversationSid;
        return rest.send(TwilioRequest.delete(action, path(conversationSid, sidOrIdentity))
                .withWebhooks(rest.webhooks()));
    }

    @Override
    public CompletableFuture<Integer> count(String conversationSid) {
        return Counting.count(page -> list(conversationSid, page));
    }

    private List<String> path(String conversationSid, String sidOrIdentity) {
        return rest.path("Conversations", conversationSid, "Participants", sidOrIdentity);
    }
}
