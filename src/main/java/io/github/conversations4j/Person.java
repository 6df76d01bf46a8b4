package io.github.conversations4j;

import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.internal.commands.AlreadyThere;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.commands.DirectConversations;
import io.github.conversations4j.internal.commands.SendLimits;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.UserConversation;
import org.jspecify.annotations.Nullable;

/**
 * What one person sees and does: on a backend whoever was named in {@code client.as(identity)}, on a participant's client
 * the user of its access token. Light and thread-safe.
 *
 * <p>A backend acts with the rights of the account: roles and permissions of the person do not limit it.
 */
public final class Person {
    private static final int PAGE_SIZE = 50;

    private final ConversationsClient client;

    /** Null for the user of the access token. */
    private final @Nullable String identity;

    Person(ConversationsClient client, @Nullable String identity) {
        this.client = client;
        this.identity = identity;
    }

    /**
     * A handle on a conversation through which this person acts, made without any call.
     *
     * @param sid the conversation SID, {@code CH…}
     * @return the handle
     * @throws IllegalArgumentException if that is no conversation SID
     */
    public Conversation conversation(String sid) {
        return new Conversation(client, sid, identity);
    }

    /**
     * Finds a conversation that the person takes part in.
     *
     * @param sidOrUniqueName {@code CH…}, or the unique name
     * @return a handle through which this person acts; fails with {@link NotFoundException} if there is none, or the person is
     *     not in it
     * @see <a href="https://www.twilio.com/docs/conversations/api/user-conversation-resource">User Conversation resource</a>
     */
    public Deferred<Conversation> findConversation(String sidOrUniqueName) {
        Arguments.sidOrName("conversation", "CH", sidOrUniqueName);
        return calls().ask(
                        "find conversation " + sidOrUniqueName,
                        api -> api.mine(identity)
                                .fetch(sidOrUniqueName)
                                .thenApply(found ->
                                        conversation(found.conversation().sid())));
    }

    /**
     * Reads the conversations that the person takes part in, with unread count, read horizon and notification level. Twilio
     * names no order.
     *
     * @return the first page
     * @see <a href="https://www.twilio.com/docs/conversations/api/user-conversation-resource">User Conversation resource</a>
     */
    public Deferred<Page<UserConversation>> findConversations() {
        return calls().page(
                        "list my conversations",
                        PAGE_SIZE,
                        (api, page) -> api.mine(identity).list(page));
    }

    /**
     * Creates a conversation and joins it.
     *
     * @param conversation how it is to be
     * @return a handle through which this person acts
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>
     */
    public Deferred<Conversation> createConversation(NewConversation conversation) {
        SendLimits.check(conversation);
        return calls().ask(
                        "create a conversation",
                        api -> api.conversations()
                                .create(conversation)
                                .thenApply(ConversationSnapshot::sid)
                                .thenCompose(sid -> AlreadyThere.PARTICIPANT
                                        .or(
                                                api.mine(identity).join(sid).thenApply(joined -> sid),
                                                () -> api.mine(identity)
                                                        .fetch(sid)
                                                        .thenApply(found -> sid))
                                        .thenApply(this::conversation)));
    }

    /**
     * Gives the one conversation between this person and another, and creates it if there is none: never two of them, however
     * many processes ask at the same time. Who left it is added again. If it was closed, a new one begins.
     *
     * <p>It is found by a unique name that is made from both identities. A process that ends between creating it and adding
     * the people leaves one that the next call completes; on a participant's client only if Twilio lets the user see it.
     *
     * @param otherIdentity who else
     * @return a handle through which this person acts
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>
     */
    public Deferred<Conversation> directConversation(String otherIdentity) {
        Arguments.identity(otherIdentity);
        return calls().ask(
                        "direct conversation with " + otherIdentity,
                        api -> calls().identity(identity)
                                .thenCompose(me -> {
                                    DirectConversations.requireTwo(me, otherIdentity);
                                    return new DirectConversations(api).between(me, otherIdentity);
                                })
                                .thenApply(found -> conversation(found.sid())));
    }

    private Calls calls() {
        return client.calls();
    }
}
