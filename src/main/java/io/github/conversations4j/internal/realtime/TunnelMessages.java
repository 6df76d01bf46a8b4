package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.json.MalformedResourceException;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.internal.realtime.session.TunnelRequest;
import io.github.conversations4j.internal.realtime.sync.SyncItem;
import io.github.conversations4j.internal.realtime.sync.SyncKind;
import io.github.conversations4j.internal.realtime.sync.SyncPage;
import io.github.conversations4j.internal.realtime.sync.SyncReader.Range;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessageChange;
import io.github.conversations4j.model.NewMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages, through the tunnel. Thread-safe. Lists are read from Sync, as the official client does; that one
 * message can be read by SID is an assumption.
 */
final class TunnelMessages implements ConversationsApi.Messages {
    private static final Logger LOG = LoggerFactory.getLogger(TunnelMessages.class);

    private final TunnelCalls calls;
    private final LongAdder pages = new LongAdder();

    TunnelMessages(TunnelCalls calls) {
        this.calls = calls;
    }

    @Override
    public CompletionStage<Message> fetch(String conversationSid, String messageSid) {
        String action = "fetch message " + messageSid + " of conversation " + conversationSid;
        return calls.withAccount(
                action, account -> calls.read(action, url(account, conversationSid, messageSid), Resources::message));
    }

    private static String url(Account account, String conversationSid, String messageSid) {
        return TunnelCalls.conversationUrl(account, conversationSid, "Messages", messageSid);
    }

    @Override
    public CompletionStage<Slice<Message>> list(
            String conversationSid, ConversationsApi.Order order, @Nullable Integer fromIndex, PageRequest page) {
        String action = "list messages of conversation " + conversationSid;
        boolean ascending = order == ConversationsApi.Order.ASCENDING;
        String from = page.next() != null ? page.next() : fromIndex == null ? null : fromIndex.toString();
        return calls.withAccount(
                action,
                account -> itemsUrl(action, account, conversationSid)
                        .thenCompose(url -> calls.reader().items(action, url, new Range(from, page.size(), ascending)))
                        .thenApply(items -> {
                            pages.increment();
                            return slice(conversationSid, ascending, items);
                        }));
    }

    @Override
    public long pages() {
        return pages.sum();
    }

    @Override
    public boolean beginsAnywhere() {
        return true;
    }

    private CompletionStage<String> itemsUrl(String action, Account account, String conversationSid) {
        return calls.inside(() -> followedItems(account, conversationSid)).thenCompose(known -> {
            if (known != null) {
                return CompletableFuture.completedFuture(known);
            }
            return calls.read(
                            action,
                            TunnelCalls.conversationUrl(account, conversationSid),
                            answer -> SyncNames.ofRest(conversationSid, answer.path("sync_objects"))
                                    .with(conversationSid, TunnelCalls.json()))
                    .thenCompose(names ->
                            calls.reader().root(action, SyncKind.LIST, String.valueOf(names.messages()), false))
                    .thenApply(root -> TunnelParticipants.itemsOf(action, root));
        });
    }

    private static @Nullable String followedItems(Account account, String conversationSid) {
        LiveConversation live = account.conversations().find(conversationSid);
        MessageLog messages = live == null ? null : live.messages();
        return messages == null ? null : messages.itemsUrl();
    }

    private static Slice<Message> slice(String conversationSid, boolean ascending, SyncPage page) {
        List<Message> messages = new ArrayList<>(page.items().size());
        for (SyncItem item : page.items()) {
            try {
                messages.add(SyncModels.message(conversationSid, item));
            } catch (MalformedResourceException e) {
                LOG.warn("left out a message of {} that cannot be read: {}", conversationSid, e.getMessage());
            }
        }
        return new Slice<>(messages, page.hasNext() ? next(page.items(), ascending) : null);
    }

    /** Goes on behind the last item, whether that can be read or not. */
    private static @Nullable String next(List<SyncItem> items, boolean ascending) {
        try {
            long last = items.isEmpty()
                    ? -1
                    : Long.parseLong(items.get(items.size() - 1).key());
            long next = ascending ? last + 1 : last - 1;
            return items.isEmpty() || next < 0 ? null : String.valueOf(next);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public CompletionStage<Message> send(String conversationSid, NewMessage message, String mutationId) {
        String action = "send message to conversation " + conversationSid;
        return calls.withAccount(action, account -> {
            String own = account.configuration().identity();
            if (message.author() != null && !message.author().equals(own)) {
                return TunnelCalls.unsupported(
                        action + " as " + message.author(), "a participant writes as themselves only");
            }
            String url = TunnelCalls.conversationUrl(account, conversationSid, "Messages");
            return calls.write(
                    action,
                    TunnelRequest.write("POST", url, body(message).toString(), false),
                    mutationId,
                    Resources::message);
        });
    }

    private static ObjectNode body(NewMessage message) {
        ObjectNode body = TunnelCalls.json()
                .put("body", message.body() == null ? "" : message.body())
                .put("attributes", message.attributes().json());
        if (message.subject() != null) {
            body.put("subject", message.subject());
        }
        if (!message.mediaSids().isEmpty()) {
            ArrayNode media = body.putArray("media_sids");
            message.mediaSids().forEach(media::add);
        }
        if (message.contentSid() != null) {
            body.put("content_sid", message.contentSid());
        }
        if (!message.contentVariables().isEmpty()) {
            body.put(
                    "content_variables",
                    Attributes.from(message.contentVariables()).json());
        }
        return body;
    }

    @Override
    public CompletionStage<Message> update(String conversationSid, String messageSid, MessageChange change) {
        String action = "update message " + messageSid + " of conversation " + conversationSid;
        if (change.author() != null || change.subject() != null) {
            return TunnelCalls.unsupported(action + " in author or subject", "only a backend's client can");
        }
        List<ObjectNode> steps = new ArrayList<>();
        if (change.body() != null) {
            steps.add(TunnelCalls.json().put("body", change.body()));
        }
        if (change.attributes() != null) {
            steps.add(TunnelCalls.json().put("attributes", change.attributes().json()));
        }
        return calls.withAccount(action, account -> {
            CompletionStage<?> done = CompletableFuture.completedFuture(null);
            for (ObjectNode step : steps) {
                done = done.thenCompose(
                        before -> calls.set(action, url(account, conversationSid, messageSid), step, answer -> answer));
            }
            return done.thenCompose(all -> fetch(conversationSid, messageSid));
        });
    }

    @Override
    public CompletionStage<Void> remove(String conversationSid, String messageSid) {
        String action = "remove message " + messageSid + " of conversation " + conversationSid;
        return calls.withAccount(
                action,
                account -> calls.<Void>write(
                        action,
                        "DELETE",
                        url(account, conversationSid, messageSid),
                        TunnelCalls.json(),
                        TunnelCalls::nothing));
    }

    @Override
    public CompletionStage<Integer> count(String conversationSid) {
        String action = "count messages of conversation " + conversationSid;
        return calls.withAccount(
                action,
                account -> calls.read(
                        action,
                        TunnelCalls.conversationUrl(account, conversationSid),
                        answer -> answer.path("messages_count").asInt()));
    }

    @Override
    public CompletionStage<Slice<DeliveryReceipt>> receipts(
            String conversationSid, String messageSid, PageRequest page) {
        String action = "list receipts of message " + messageSid + " of conversation " + conversationSid;
        return calls.withAccount(action, account -> {
            String url = TunnelCalls.conversationUrl(account, conversationSid, "Messages", messageSid, "Receipts")
                    + Pages.query(page);
            return calls.read(action, url, answer -> Pages.slice(answer, "delivery_receipts", Resources::receipt));
        });
    }
}
