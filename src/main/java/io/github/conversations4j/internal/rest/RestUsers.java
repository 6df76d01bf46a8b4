package io.github.conversations4j.internal.rest;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.model.User;
import io.github.conversations4j.model.UserChange;
import java.util.concurrent.CompletableFuture;

/**
 * Users by REST. Immutable and thread-safe.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/user-resource">User resource</a>.
 *
 * @param rest makes the calls
 */
record RestUsers(RestClient rest) implements ConversationsApi.Users {

    @Override
    public CompletableFuture<User> fetch(String sidOrIdentity) {
        TwilioRequest request = TwilioRequest.get("fetch user " + sidOrIdentity, rest.path("Users", sidOrIdentity));
        return rest.send(request, Resources::user);
    }

    @Override
    public CompletableFuture<Slice<User>> list(PageRequest page) {
        return rest.page(TwilioRequest.get("list users", rest.path("Users")), ListOf.USERS, page);
    }

    @Override
    public CompletableFuture<User> create(String identity, UserChange details) {
        TwilioRequest request = TwilioRequest.post("create user " + identity, rest.path("Users"))
                .withWebhooks(rest.webhooks())
                .form("Identity", identity);
        return rest.send(with(request, details), Resources::user);
    }

    @Override
    public CompletableFuture<Void> delete(String sidOrIdentity) {
        return rest.send(TwilioRequest.delete("delete user " + sidOrIdentity, rest.path("Users", sidOrIdentity))
                .withWebhooks(rest.webhooks()));
    }

    @Override
    public CompletableFuture<User> update(String sidOrIdentity, UserChange change) {
        TwilioRequest request = TwilioRequest.post("update user " + sidOrIdentity, rest.path("Users", sidOrIdentity))
                .withWebhooks(rest.webhooks());
        return rest.send(with(request, change), Resources::user);
    }

    private static TwilioRequest with(TwilioRequest request, UserChange change) {
        return request.form("FriendlyName", change.friendlyName())
                .form("Attributes", change.attributes())
                .form("RoleSid", change.roleSid());
    }
}
