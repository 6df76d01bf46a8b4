package io.github.conversations4j;

import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.internal.commands.AlreadyThere;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.commands.SendLimits;
import io.github.conversations4j.model.User;
import io.github.conversations4j.model.UserChange;

/**
 * The chat users of the service: who they are, whether they can be reached. A user comes to be with the first access token or
 * the first time somebody adds the identity to a conversation. Thread-safe.
 *
 * <p>A user is named by identity or SID. Where there is none, futures fail with {@link NotFoundException}.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/api/user-resource">User resource</a>
 */
public final class Users {
    private static final int PAGE_SIZE = 50;

    private final Calls calls;

    Users(Calls calls) {
        this.calls = calls;
    }

    /**
     * Reads one user. Only this tells whether they are online, and only where reachability is switched on for the service.
     *
     * @param identityOrSid the identity, or {@code US…}
     * @return the user as it is now
     * @see <a href="https://www.twilio.com/docs/conversations/api/user-resource">User resource</a>
     */
    public Deferred<User> fetch(String identityOrSid) {
        user(identityOrSid);
        return calls.ask("fetch user " + identityOrSid, api -> api.users().fetch(identityOrSid));
    }

    /**
     * Reads all users of the service; on a backend only.
     *
     * @return the first page, without reachability
     * @see <a href="https://www.twilio.com/docs/conversations/api/user-resource">User resource</a>
     */
    public Deferred<Page<User>> list() {
        return calls.page("list users", PAGE_SIZE, (api, page) -> api.users().list(page));
    }

    /**
     * Makes sure that a user is there and looks like this; on a backend only.
     *
     * @param identity who
     * @param details name, attributes and role; of a user who is there already, what it does not name stays
     * @return the user as it is then
     * @see <a href="https://www.twilio.com/docs/conversations/api/user-resource">User resource</a>
     */
    public Deferred<User> createOrUpdate(String identity, UserChange details) {
        Arguments.identity(identity);
        check(details);
        return calls.ask(
                "create or update user " + identity,
                api -> AlreadyThere.USER.or(
                        api.users().create(identity, details), () -> api.users().update(identity, details)));
    }

    /**
     * Deletes a user with their part in all conversations; what they wrote stays. On a backend only.
     *
     * @param identityOrSid the identity, or {@code US…}
     * @return completes when the user is gone
     * @see <a href="https://www.twilio.com/docs/conversations/api/user-resource">User resource</a>
     */
    public Deferred<Void> delete(String identityOrSid) {
        user(identityOrSid);
        return calls.ask("delete user " + identityOrSid, api -> api.users().delete(identityOrSid));
    }

    /**
     * Changes a user.
     *
     * @param identityOrSid the identity, or {@code US…}
     * @param change what is to change; a participant's client can change name and attributes of its own user, and of others
     *     if its role allows it
     * @return the user as it is then
     * @see <a href="https://www.twilio.com/docs/conversations/api/user-resource">User resource</a>
     */
    public Deferred<User> update(String identityOrSid, UserChange change) {
        user(identityOrSid);
        check(change);
        return calls.ask("update user " + identityOrSid, api -> api.users().update(identityOrSid, change));
    }

    /**
     * What changes single keys of a user's attributes.
     *
     * @param identityOrSid the identity, or {@code US…}
     * @return its attributes
     */
    public AttributeKeys attributes(String identityOrSid) {
        user(identityOrSid);
        return new AttributeKeys(
                calls,
                "user " + identityOrSid,
                api -> api.users().fetch(identityOrSid).thenApply(User::attributes),
                (api, attributes) -> api.users()
                        .update(
                                identityOrSid,
                                UserChange.builder().attributes(attributes).build()));
    }

    private static void check(UserChange change) {
        SendLimits.name("friendly name", Arguments.given("change", change).friendlyName());
        Arguments.sidIfGiven("role SID", "RL", change.roleSid());
        if (change.attributes() != null) {
            SendLimits.messageAttributes(change.attributes());
        }
    }

    private static void user(String identityOrSid) {
        Arguments.sidOrName("user", "US", identityOrSid);
    }
}
