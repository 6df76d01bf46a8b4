package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.commands.Additions;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.internal.wire.Sid;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewParticipant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Conversations, through the tunnel. Immutable and thread-safe.
 *
 * <p>Reads are answered by the service and not from what is followed, so that one after a write sees it; what only Sync
 * knows, the last message and the own read horizon, is added from there.
 */
final class TunnelConversations implements ConversationsApi.Conversations {
    private static final String BACKEND = "a participant can not. Use a backend's client";

    private final TunnelCalls calls;
    private final TunnelParticipants participants;

    TunnelConversations(TunnelCalls calls, TunnelParticipants participants) {
        this.calls = calls;
        this.participants = participants;
    }

    @Override
    public CompletionStage<ConversationSnapshot> fetch(String sidOrUniqueName) {
        String action = "fetch conversation " + sidOrUniqueName;
        return calls.withAccount(action, account -> {
            if (!Sid.is("CH", sidOrUniqueName)) {
                String url = TunnelCalls.myUrl(account, sidOrUniqueName);
                return calls.read(
                                action,
                                url,
                                answer -> Resources.userConversation(answer).conversation())
                        .thenCompose(found -> withSync(account, found));
            }
            return calls.read(action, TunnelCalls.conversationUrl(account, sidOrUniqueName), Resources::conversation)
                    .thenCompose(found -> withSync(account, found));
        });
    }

    /** Adds what only Sync knows. */
    CompletionStage<ConversationSnapshot> withSync(Account account, ConversationSnapshot found) {
        return calls.inside(() -> {
            LiveConversation live = account.conversations().findTold(found.sid());
            ConversationSnapshot known = live == null ? null : live.snapshot();
            return known == null
                    ? found
                    : found.toBuilder()
                            .lastMessage(known.lastMessage())
                            .mine(known.mine())
                            .build();
        });
    }

    @Override
    public CompletionStage<Slice<ConversationSnapshot>> list(PageRequest page) {
        return TunnelCalls.unsupported(
                "list the conversations of the service",
                "a participant sees their own only: client.me().findConversations(). All are for a backend's client");
    }

    @Override
    public CompletionStage<ConversationSnapshot> create(NewConversation conversation) {
        String action = "create a conversation";
        if (conversation.state() != null
                || conversation.inactiveAfter() != null
                || conversation.closedAfter() != null
                || conversation.messagingServiceSid() != null) {
            return TunnelCalls.unsupported(action + " with state, timers or messaging service", BACKEND);
        }
        return calls.withAccount(action, account -> {
            ObjectNode body = TunnelCalls.json()
                    .put("attributes", conversation.attributes().json());
            putIfGiven(body, "friendly_name", conversation.friendlyName());
            putIfGiven(body, "unique_name", conversation.uniqueName());
            return calls.write(
                    action, "POST", account.configuration().links().conversations(), body, Resources::conversation);
        });
    }

    private static void putIfGiven(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    /**
     * The tunnel has no request for both. The own user joins first, because only participants may add people; then they are
     * added one after another, in the order given.
     */
    @Override
    public CompletionStage<ConversationSnapshot> createWith(NewConversation conversation, List<NewParticipant> people) {
        return calls.withAccount("create a conversation with participants", account -> {
            String own = account.configuration().identity();
            List<NewParticipant> all = Stream.concat(
                            Stream.of(NewParticipant.chat(own)),
                            people.stream().filter(participant -> !own.equals(participant.identity())))
                    .toList();
            return create(conversation)
                    .thenCompose(created -> new Additions(participants)
                            .addAll(created.sid(), all)
                            .thenApply(added -> created));
        });
    }

    @Override
    public CompletionStage<Slice<ConversationSnapshot>> listOf(ConversationsApi.Who who, PageRequest page) {
        return TunnelCalls.unsupported("list the conversations of somebody", BACKEND);
    }

    /** One request per field, as the official client sends them: that the service takes several at once is not known. */
    @Override
    public CompletionStage<ConversationSnapshot> update(String sid, ConversationChange change) {
        String action = "update conversation " + sid;
        if (change.state() != null
                || change.inactiveAfter() != null
                || change.closedAfter() != null
                || change.messagingServiceSid() != null) {
            return TunnelCalls.unsupported(action + " in state, timers or messaging service", BACKEND);
        }
        List<ObjectNode> steps = new ArrayList<>();
        addStep(steps, "friendly_name", change.friendlyName());
        addStep(steps, "unique_name", change.uniqueName());
        addStep(
                steps,
                "attributes",
                change.attributes() == null ? null : change.attributes().json());
        return calls.withAccount(action, account -> {
            CompletionStage<?> done = CompletableFuture.completedFuture(null);
            String url = TunnelCalls.conversationUrl(account, sid);
            for (ObjectNode step : steps) {
                done = done.thenCompose(before -> calls.set(action, url, step, JsonNode::isObject));
            }
            return done.thenCompose(all -> fetch(sid));
        });
    }

    private static void addStep(List<ObjectNode> steps, String name, @Nullable String value) {
        if (value != null) {
            steps.add(TunnelCalls.json().put(name, value));
        }
    }

    @Override
    public CompletionStage<Void> delete(String sid) {
        String action = "delete conversation " + sid;
        return calls.withAccount(
                action,
                account -> calls.<Void>write(
                        action,
                        "DELETE",
                        TunnelCalls.conversationUrl(account, sid),
                        TunnelCalls.json(),
                        TunnelCalls::nothing));
    }
}
