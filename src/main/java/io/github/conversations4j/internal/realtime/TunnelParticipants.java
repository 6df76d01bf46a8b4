package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.internal.realtime.sync.SyncItem;
import io.github.conversations4j.internal.realtime.sync.SyncKind;
import io.github.conversations4j.internal.realtime.sync.SyncPage;
import io.github.conversations4j.internal.realtime.sync.SyncReader;
import io.github.conversations4j.internal.realtime.sync.SyncReader.Range;
import io.github.conversations4j.internal.realtime.sync.SyncRoot;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.ParticipantChange;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Participants, through the tunnel. Immutable and thread-safe. Lists are read from Sync, as the official client does; that
 * one participant can be read by address is an assumption.
 */
final class TunnelParticipants implements ConversationsApi.Participants {
    private final TunnelCalls calls;

    TunnelParticipants(TunnelCalls calls) {
        this.calls = calls;
    }

    @Override
    public CompletionStage<Participant> fetch(String conversationSid, String sidOrIdentity) {
        String action = "fetch participant " + sidOrIdentity + " of conversation " + conversationSid;
        return calls.withAccount(
                action,
                account -> calls.read(
                        action,
                        TunnelCalls.conversationUrl(account, conversationSid, "Participants", sidOrIdentity),
                        Resources::participant));
    }

    @Override
    public CompletionStage<Slice<Participant>> list(String conversationSid, PageRequest page) {
        String action = "list participants of conversation " + conversationSid;
        return calls.withAccount(
                action,
                account -> itemsUrl(action, account, conversationSid)
                        .thenCompose(url -> calls.reader().items(action, url, range(page)))
                        .thenApply(items -> slice(conversationSid, page, items)));
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
                            calls.reader().root(action, SyncKind.MAP, String.valueOf(names.participants()), false))
                    .thenApply(root -> itemsOf(action, root));
        });
    }

    private static @Nullable String followedItems(Account account, String conversationSid) {
        LiveConversation live = account.conversations().find(conversationSid);
        Roster roster = live == null ? null : live.roster();
        return roster == null ? null : roster.itemsUrl();
    }

    static String itemsOf(String action, SyncRoot root) {
        String url = root.itemsUrl();
        if (url == null) {
            throw new ConversationsException(action + ": the answer names no items");
        }
        return url;
    }

    /** A page begins with the last item of the one before, which is asked for again and left out. */
    private static Range range(PageRequest page) {
        String from = page.next();
        int size = from == null ? page.size() : Math.min(page.size() + 1, SyncReader.LARGEST_PAGE);
        return new Range(from, size, true);
    }

    private static Slice<Participant> slice(String conversationSid, PageRequest page, SyncPage items) {
        List<SyncItem> all = items.items();
        List<Participant> participants = all.stream()
                .filter(item -> !item.key().equals(page.next()))
                .map(item -> SyncModels.participant(conversationSid, item.key(), item.data()))
                .toList();
        boolean more = items.hasNext() && !participants.isEmpty();
        return new Slice<>(participants, more ? all.get(all.size() - 1).key() : null);
    }

    @Override
    public CompletionStage<Participant> add(String conversationSid, NewParticipant participant) {
        String action = "add a participant to conversation " + conversationSid;
        if (participant.roleSid() != null) {
            return TunnelCalls.unsupported(action + " with a role", "only a backend's client can give roles");
        }
        return calls.withAccount(action, account -> {
            ObjectNode body = TunnelCalls.json()
                    .put("attributes", participant.attributes().json());
            if (participant.identity() != null) {
                body.put("identity", participant.identity());
            }
            MessagingBinding binding = participant.messagingBinding();
            if (binding != null) {
                body.putObject("messaging_binding")
                        .put("address", binding.address())
                        .put("proxy_address", binding.proxyAddress());
            }
            return calls.write(
                    action,
                    "POST",
                    TunnelCalls.conversationUrl(account, conversationSid, "Participants"),
                    body,
                    Resources::participant);
        });
    }

    @Override
    public CompletionStage<Participant> update(String conversationSid, String sidOrIdentity, ParticipantChange change) {
        String action = "update participant " + sidOrIdentity + " of conversation " + conversationSid;
        if (change.roleSid() != null || change.proxyAddress() != null || change.projectedAddress() != null) {
            return TunnelCalls.unsupported(
                    action + " in role or addresses", "only a backend's client can. Use one for that");
        }
        if (change.attributes() == null) {
            return fetch(conversationSid, sidOrIdentity);
        }
        ObjectNode body =
                TunnelCalls.json().put("attributes", change.attributes().json());
        return calls.withAccount(
                action,
                account -> sid(account, conversationSid, sidOrIdentity)
                        .thenCompose(sid -> calls.set(
                                action,
                                TunnelCalls.conversationUrl(account, conversationSid, "Participants", sid),
                                body,
                                Resources::participant)));
    }

    /** The official client addresses updates by SID only. */
    private CompletionStage<String> sid(Account account, String conversationSid, String sidOrIdentity) {
        return calls.inside(() -> {
            LiveConversation live = account.conversations().find(conversationSid);
            Roster roster = live == null ? null : live.roster();
            Participant known = roster == null ? null : roster.withIdentity(sidOrIdentity);
            return known == null ? sidOrIdentity : known.sid();
        });
    }

    @Override
    public CompletionStage<Void> remove(String conversationSid, String sidOrIdentity) {
        String action = "remove participant " + sidOrIdentity + " from conversation " + conversationSid;
        return calls.withAccount(
                action,
                account -> calls.<Void>write(
                        action,
                        "DELETE",
                        TunnelCalls.conversationUrl(account, conversationSid, "Participants", sidOrIdentity),
                        TunnelCalls.json(),
                        TunnelCalls::nothing));
    }

    @Override
    public CompletionStage<Integer> count(String conversationSid) {
        String action = "count participants of conversation " + conversationSid;
        return calls.withAccount(
                action,
                account -> calls.read(
                        action,
                        TunnelCalls.conversationUrl(account, conversationSid),
                        answer -> answer.path("participants_count").asInt()));
    }
}
