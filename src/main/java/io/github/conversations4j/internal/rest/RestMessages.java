package io.github.conversations4j.internal.rest;

import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.internal.rest.MessagesFrom.Position;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessageChange;
import io.github.conversations4j.model.NewMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Messages by REST. Thread-safe.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message
 * resource</a>.
 *
 * @param rest makes the calls
 * @param pagesRead counts pages of lists
 */
record RestMessages(RestClient rest, LongAdder pagesRead) implements ConversationsApi.Messages {
    RestMessages(RestClient rest) {
        this(rest, new LongAdder());
    }

    @Override
    public CompletableFuture<Message> fetch(String conversationSid, String messageSid) {
        String action = "fetch message " + messageSid + " of conversation " + conversationSid;
        return rest.send(TwilioRequest.get(action, path(conversationSid, messageSid)), Resources::message);
    }

    @Override
    public CompletableFuture<Slice<Message>> list(
            String conversationSid, ConversationsApi.Order order, @Nullable Integer fromIndex, PageRequest page) {
        if (fromIndex == null) {
            return page(conversationSid, order, page);
        }
        String token = page.next();
        return new MessagesFrom(asked -> page(conversationSid, order, asked), order, page.size())
                .read(token == null ? new Position(fromIndex, null) : Position.of(token, fromIndex));
    }

    private CompletableFuture<Slice<Message>> page(
            String conversationSid, ConversationsApi.Order order, PageRequest page) {
        String action = "list messages of conversation " + conversationSid;
        TwilioRequest first = TwilioRequest.get(action, rest.path("Conversations", conversationSid, "Messages"))
                .query("Order", order == ConversationsApi.Order.ASCENDING ? "asc" : "desc");
        return rest.page(first, ListOf.MESSAGES, page).thenApply(slice -> {
            pagesRead.increment();
            return slice;
        });
    }

    @Override
    public boolean beginsAnywhere() {
        return false;
    }

    @Override
    public long pages() {
        return pagesRead.sum();
    }

    @Override
    public CompletableFuture<Message> send(String conversationSid, NewMessage message, String mutationId) {
        String action = "send message to conversation " + conversationSid;
        if (message.mediaSids().size() > 1) {
            return CompletableFuture.failedFuture(new UnsupportedByClientException(
                    action,
                    "REST takes one file per message, not "
                            + message.mediaSids().size() + ". Send several messages, or send as a participant"));
        }
        TwilioRequest request = TwilioRequest.post(action, rest.path("Conversations", conversationSid, "Messages"))
                .withWebhooks(rest.webhooks())
                .form("Author", message.author())
                .form("Body", message.body())
                .form("Attributes", RestConversations.unlessEmpty(message.attributes()))
                .form(
                        "MediaSid",
                        message.mediaSids().isEmpty()
                                ? null
                                : message.mediaSids().get(0))
                .form("ContentSid", message.contentSid())
                .form("ContentVariables", variables(message.contentVariables()))
                .form("Subject", message.subject());
        return rest.send(request, Resources::message);
    }

    private static @Nullable Attributes variables(Map<String, String> variables) {
        return variables.isEmpty() ? null : Attributes.from(variables);
    }

    @Override
    public CompletableFuture<Message> update(String conversationSid, String messageSid, MessageChange change) {
        String action = "update message " + messageSid + " of conversation " + conversationSid;
        TwilioRequest request = TwilioRequest.post(action, path(conversationSid, messageSid))
                .withWebhooks(rest.webhooks())
                .form("Author", change.author())
                .form("Body", change.body())
                .form("Attributes", change.attributes())
                .form("Subject", change.subject());
        return rest.send(request, Resources::message);
    }

    @Override
    public CompletableFuture<Void> remove(String conversationSid, String messageSid) {
        String action = "remove message " + messageSid + " of conversation " + conversationSid;
        return rest.send(
                TwilioRequest.delete(action, path(conversationSid, messageSid)).withWebhooks(rest.webhooks()));
    }

    @Override
    public CompletableFuture<Integer> count(String conversationSid) {
        return Counting.count(page -> list(conversationSid, ConversationsApi.Order.ASCENDING, null, page));
    }

    @Override
    public CompletableFuture<Slice<DeliveryReceipt>> receipts(
            String conversationSid, String messageSid, PageRequest page) {
        String action = "list receipts of message " + messageSid + " of conversation " + conversationSid;
        TwilioRequest first = TwilioRequest.get(
                action, rest.path("Conversations", conversationSid, "Messages", messageSid, "Receipts"));
        return rest.page(first, ListOf.RECEIPTS, page);
    }

    private List<String> path(String conversationSid, String messageSid) {
        return rest.path("Conversations", conversationSid, "Messages", messageSid);
    }
}
