package io.github.conversations4j.internal.rest;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.model.Role;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Roles by REST. Immutable and thread-safe.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/role-resource">Role resource</a>.
 *
 * @param rest makes the calls
 */
record RestRoles(RestClient rest) implements ConversationsApi.Roles {
    private static final String ROLES = "Roles";

    @Override
    public CompletableFuture<Role> fetch(String sid) {
        return rest.send(TwilioRequest.get("fetch role " + sid, rest.path(ROLES, sid)), Resources::role);
    }

    @Override
    public CompletableFuture<Slice<Role>> list(PageRequest page) {
        return rest.page(TwilioRequest.get("list roles", rest.path(ROLES)), ListOf.ROLES, page);
    }

    @Override
    public CompletableFuture<Role> create(String friendlyName, Role.Scope scope, Set<String> permissions) {
        TwilioRequest request = TwilioRequest.post("create role " + friendlyName, rest.path(ROLES))
                .form("FriendlyName", friendlyName)
                .form("Type", scope.name().toLowerCase(Locale.ROOT));
        return rest.send(with(request, permissions), Resources::role);
    }

    @Override
    public CompletableFuture<Role> update(String sid, Set<String> permissions) {
        return rest.send(
                with(TwilioRequest.post("update role " + sid, rest.path(ROLES, sid)), permissions), Resources::role);
    }

    private static TwilioRequest with(TwilioRequest request, Set<String> permissions) {
        permissions.stream().sorted().forEach(permission -> request.form("Permission", permission));
        return request;
    }

    @Override
    public CompletableFuture<Void> delete(String sid) {
        return rest.send(TwilioRequest.delete("delete role " + sid, rest.path(ROLES, sid)));
    }
}
