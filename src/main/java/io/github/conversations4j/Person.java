package io.github.conversations4j;

import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.commands.AlreadyThere;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.commands.DirectConversations;
import io.github.conversations4j.internal.commands.SendLimits;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.UserConversation;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
                        "create a conversation", api -> made(api, conversation).thenApply(this::conversation));
    }

    /** Creates a conversation, joins it, and gives its SID. */
    CompletionStage<String> made(ConversationsApi api, NewConversation conversation) {
        return api.conversations()
                .create(conversation)
                .thenApply(ConversationSnapshot::sid)
                .thenCompose(sid -> AlreadyThere.PARTICIPANT.or(
                        api.mine(identity).join(sid).thenApply(joined -> sid),
                        () -> CompletableFuture.completedFuture(sid)));
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
                                    return calls().directConversations(api).between(me, otherIdentity);
                                })
                                .thenApply(found -> conversation(found.sid())));
    }

    /**
     * Reads the chat list: every conversation that the person takes part in, with the other people, the last message and what
     * is unread, the one with the last activity first.
     *
     * <p>On a backend that is a call for the list, and one per conversation each for the people and for the last message where
     * they are not {@linkplain ChatOptions kept}, {@linkplain ChatOptions.Builder#callsInFlight some of them} at a time; none
     * while somebody {@linkplain #followChatList follows} the list. A participant's client reads the last messages the first
     * time, follows its list from then on, and answers from that without any call.
     *
     * @return the list as it is now
     * @see <a href="https://www.twilio.com/docs/conversations/api/user-conversation-resource">User Conversation resource</a>
     */
    public Deferred<ChatList> chatList() {
        return calls().chats().list(identity);
    }

    /**
     * Reads the chat list as {@link #chatList()} does, and gives each row as soon as it is there.
     *
     * @param arriving called with each row, one at a time, in whatever order they come
     * @return the list in its order; completes when everything was read
     * @see <a href="https://www.twilio.com/docs/conversations/api/user-conversation-resource">User Conversation resource</a>
     */
    public Deferred<ChatList> chatList(Hook<? super ChatRow> arriving) {
        Objects.requireNonNull(arriving, "arriving: must not be null");
        return calls().chats().list(identity, arriving);
    }

    /**
     * Reads the chat list as {@link #chatList()} does and keeps it right by events until it is closed.
     *
     * @return the list, to be closed
     * @throws UnsupportedByClientException on a backend whose event source does not tell of messages and participants; says what
     *     to add
     * @see <a href="https://www.twilio.com/docs/conversations/api/user-conversation-resource">User Conversation resource</a>
     */
    public Deferred<LiveChatList> followChatList() {
        return calls().chats().follow(identity);
    }

    /**
     * Opens a chat with its last {@value Messages#PAGE_SIZE} messages; see {@link #openChat(Conversation, int)}.
     *
     * @param conversation the conversation
     * @return the chat, to be closed
     * @throws UnsupportedByClientException on a backend whose event source does not tell of messages; says what to add
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource#list-all-conversation-messages">List
     *     messages</a>
     */
    public Deferred<LiveChat> openChat(Conversation conversation) {
        return openChat(conversation, Messages.PAGE_SIZE);
    }

    /**
     * Opens a chat: its last messages with the profiles of their authors, and from then on everything that happens to them, no
     * message left out and none twice. One call, and none if the messages are {@linkplain ChatOptions.Builder#cacheMessages
     * kept}.
     *
     * @param conversation the conversation
     * @param messages how many messages at first, 1 to 100
     * @return the chat, to be closed
     * @throws UnsupportedByClientException on a backend whose event source does not tell of messages; says what to add
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource#list-all-conversation-messages">List
     *     messages</a>
     */
    public Deferred<LiveChat> openChat(Conversation conversation, int messages) {
        Objects.requireNonNull(conversation, "conversation: must not be null");
        Arguments.range("messages", 1, 100, messages);
        return calls().chats().open(conversation.sid(), messages);
    }

    private Calls calls() {
        return client.calls();
    }
}
