package io.github.conversations4j;

import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.commands.SendLimits;
import io.github.conversations4j.model.Role;
import java.util.Objects;
import java.util.Set;

/**
 * The roles of the service, which say what participants and users may do; on a backend only. Thread-safe.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/api/role-resource">Role resource</a>
 */
public final class Roles {
    private static final int PAGE_SIZE = 50;

    private final Calls calls;

    Roles(Calls calls) {
        this.calls = calls;
    }

    /**
     * Reads all roles of the service, those that came with it included.
     *
     * @return the first page
     * @see <a href="https://www.twilio.com/docs/conversations/api/role-resource">Role resource</a>
     */
    public Deferred<Page<Role>> list() {
        return calls.page("list roles", PAGE_SIZE, (api, page) -> api.roles().list(page));
    }

    /**
     * Reads one role.
     *
     * @param sid {@code RL…}
     * @return the role as it is now
     * @see <a href="https://www.twilio.com/docs/conversations/api/role-resource">Role resource</a>
     */
    public Deferred<Role> fetch(String sid) {
        role(sid);
        return calls.ask("fetch role " + sid, api -> api.roles().fetch(sid));
    }

    /**
     * Creates a role.
     *
     * @param friendlyName its name
     * @param scope where it is to hold
     * @param permissions what it allows, in Twilio's words, such as {@code sendMessage}; at least one
     * @return the role
     * @see <a href="https://www.twilio.com/docs/conversations/api/role-resource">Role resource</a>
     */
    public Deferred<Role> create(String friendlyName, Role.Scope scope, Set<String> permissions) {
        Arguments.text("friendly name", friendlyName);
        SendLimits.name("friendly name", friendlyName);
        if (Objects.requireNonNull(scope, "scope: must not be null") == Role.Scope.UNKNOWN) {
            throw new IllegalArgumentException("scope: must be CONVERSATION or SERVICE");
        }
        Set<String> allowed = permissions(permissions);
        return calls.ask("create role " + friendlyName, api -> api.roles().create(friendlyName, scope, allowed));
    }

    /**
     * Changes what a role allows.
     *
     * @param sid {@code RL…}
     * @param permissions all that it allows from now on; at least one
     * @return the role as it is then
     * @see <a href="https://www.twilio.com/docs/conversations/api/role-resource">Role resource</a>
     */
    public Deferred<Role> update(String sid, Set<String> permissions) {
        role(sid);
        Set<String> allowed = permissions(permissions);
        return calls.ask("update role " + sid, api -> api.roles().update(sid, allowed));
    }

    /**
     * Deletes a role that nobody has.
     *
     * @param sid {@code RL…}
     * @return completes when it is gone
     * @see <a href="https://www.twilio.com/docs/conversations/api/role-resource">Role resource</a>
     */
    public Deferred<Void> delete(String sid) {
        role(sid);
        return calls.ask("delete role " + sid, api -> api.roles().delete(sid));
    }

    private static Set<String> permissions(Set<String> permissions) {
        Set<String> copy = Set.copyOf(Arguments.given("permissions", permissions));
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("permissions: at least one is needed");
        }
        return copy;
    }

    private static void role(String sid) {
        Arguments.sid("role SID", "RL", sid);
    }
}
