package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.json.Resource;
import io.github.conversations4j.internal.realtime.session.TunnelRequest;
import io.github.conversations4j.model.User;
import io.github.conversations4j.model.UserChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Users, through the tunnel. Whoever is read is followed from then on. Immutable and thread-safe. */
final class TunnelUsers implements ConversationsApi.Users {
    private static final String BACKEND = "a participant can not. Use a backend's client";

    private final TunnelCalls calls;

    TunnelUsers(TunnelCalls calls) {
        this.calls = calls;
    }

    @Override
    public CompletionStage<User> fetch(String sidOrIdentity) {
        String action = "fetch user " + sidOrIdentity;
        return calls.withAccount(
                action,
                account -> calls.inside(() -> followed(account, sidOrIdentity))
                        .thenCompose(known -> known == null ? follow(action, account, sidOrIdentity) : known));
    }

    private static @Nullable CompletionStage<User> followed(Account account, String identity) {
        LiveUser live = account.users().find(identity);
        if (live == null) {
            return null;
        }
        User user = live.user();
        return user == null ? live.opened() : CompletableFuture.completedFuture(user);
    }

    private CompletionStage<User> follow(String action, Account account, String sidOrIdentity) {
        return calls.read(action, url(account, sidOrIdentity), answer -> new Resource(answer))
                .thenCompose(found -> {
                    String told = found.text("identity");
                    String identity = told == null ? sidOrIdentity : told;
                    String map = found.object("sync_objects").required("user_info_map");
                    return calls.inside(() -> account.users().follow(identity, map))
                            .thenCompose(opened -> opened);
                });
    }

    private static String url(Account account, String sidOrIdentity) {
        return account.configuration().links().users() + '/' + TunnelRequest.encode(sidOrIdentity);
    }

    @Override
    public CompletionStage<Slice<User>> list(PageRequest page) {
        return TunnelCalls.unsupported("list users", BACKEND);
    }

    @Override
    public CompletionStage<User> create(String identity, UserChange details) {
        return TunnelCalls.unsupported("create user " + identity, BACKEND);
    }

    @Override
    public CompletionStage<Void> delete(String sidOrIdentity) {
        return TunnelCalls.unsupported("delete user " + sidOrIdentity, BACKEND);
    }

    @Override
    public CompletionStage<User> update(String sidOrIdentity, UserChange change) {
        String action = "update user " + sidOrIdentity;
        if (change.roleSid() != null) {
            return TunnelCalls.unsupported(action + " in role", BACKEND);
        }
        List<ObjectNode> steps = new ArrayList<>();
        if (change.friendlyName() != null) {
            steps.add(TunnelCalls.json().put("friendly_name", change.friendlyName()));
        }
        if (change.attributes() != null) {
            steps.add(TunnelCalls.json().put("attributes", change.attributes().json()));
        }
        return calls.withAccount(action, account -> {
            CompletionStage<?> done = CompletableFuture.completedFuture(null);
            for (ObjectNode step : steps) {
                done = done.thenCompose(
                        before -> calls.set(action, url(account, sidOrIdentity), step, answer -> answer));
            }
            // What is followed may not have heard of the change yet.
            return done.thenCompose(all -> fetch(sidOrIdentity)).thenApply(user -> applied(user, change));
        });
    }

    private static User applied(User user, UserChange change) {
        User.Builder now = user.toBuilder();
        if (change.friendlyName() != null) {
            now.friendlyName(change.friendlyName());
        }
        if (change.attributes() != null) {
            now.attributes(change.attributes());
        }
        return now.build();
    }
}
