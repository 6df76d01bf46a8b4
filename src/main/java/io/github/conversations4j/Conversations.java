package io.github.conversations4j;

import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Who;
import io.github.conversations4j.internal.commands.Additions;
import io.github.conversations4j.internal.commands.AlreadyThere;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.commands.DirectConversations;
import io.github.conversations4j.internal.commands.SendLimits;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewParticipant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Further ways to come to a conversation than finding and creating one. Thread-safe.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>
 */
public final class Conversations {
    private static final int PAGE_SIZE = 50;

    private final ConversationsClient client;
    private final Calls calls;

    Conversations(ConversationsClient client) {
        this.client = client;
        this.calls = client.calls();
    }

    /**
     * Gives the conversation with a unique name, and creates it if there is none; a participant's client then joins it. Of
     * several callers at the same time one creates it. One that is there already stays as it is, closed ones too.
     *
     * @param conversation how it is to be; needs a unique name
     * @return a handle. On a participant's client it fails with {@link NotFoundException} if the name belongs to a
     *     conversation that its user may not see
     * @throws IllegalArgumentException if there is no unique name, or something is too long
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>
     */
    public Deferred<Conversation> getOrCreate(NewConversation conversation) {
        SendLimits.check(conversation);
        String uniqueName = Arguments.text("unique name", conversation.uniqueName());
        return calls.ask(
                "get or create conversation " + uniqueName,
                // In turns, because a participant's client finds by name only what its user has joined.
                api -> calls.turns()
                        .take(
                                "unique name " + uniqueName,
                                () -> AlreadyThere.UNIQUE_NAME.or(
                                        made(api, conversation),
                                        () -> api.conversations()
                                                .fetch(uniqueName)
                                                .thenApply(ConversationSnapshot::sid)))
                        .thenApply(client::conversation));
    }

    private CompletionStage<String> made(ConversationsApi api, NewConversation conversation) {
        return client.isParticipant()
                ? client.me().made(api, conversation)
                : api.conversations().create(conversation).thenApply(ConversationSnapshot::sid);
    }

    /**
     * Creates a conversation with people in it. On a backend Twilio does it in one request for three to ten people; it may
     * then still be {@code initializing} for a moment.
     *
     * @param conversation how it is to be
     * @param participants who takes part, besides the user of a participant's client; who comes twice is added as they come
     *     first
     * @return a handle. If it fails after the conversation was created, the conversation is there with some of the people
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-with-participants-resource">Conversation with
     *     Participants resource</a>
     */
    public Deferred<Conversation> create(NewConversation conversation, List<NewParticipant> participants) {
        SendLimits.check(conversation);
        List<NewParticipant> given = List.copyOf(Arguments.given("participants", participants));
        given.forEach(Participants::check);
        List<NewParticipant> people = Additions.eachOnce(given);
        return calls.ask(
                "create a conversation with participants",
                api -> api.conversations()
                        .createWith(conversation, people)
                        .thenApply(made -> client.conversation(made.sid())));
    }

    /**
     * Gives the one conversation between two people, and creates it if there is none: never two of them, however many
     * processes ask at the same time. Who left it is added again. If it was closed, a new one begins.
     *
     * <p>It is found by a unique name that is made from both identities. A process that ends between creating it and adding
     * the people leaves one that the next call completes.
     *
     * @param oneIdentity somebody
     * @param otherIdentity somebody else
     * @return a handle
     * @throws UnsupportedByClientException on a participant's client; use {@link Person#directConversation}
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>
     */
    public Deferred<Conversation> direct(String oneIdentity, String otherIdentity) {
        if (client.isParticipant()) {
            throw new UnsupportedByClientException(
                    "direct conversation of " + oneIdentity + " and " + otherIdentity,
                    "a participant's client speaks for one of them only; use client.me().directConversation(identity)");
        }
        Arguments.identity(oneIdentity);
        DirectConversations.requireTwo(oneIdentity, otherIdentity);
        return calls.ask(
                "direct conversation of " + oneIdentity + " and " + otherIdentity,
                api -> calls.directConversations(api)
                        .between(oneIdentity, otherIdentity)
                        .thenApply(found -> client.conversation(found.sid())));
    }

    /**
     * Reads where a chat user takes part, closed conversations included; on a backend only.
     *
     * @param identity who
     * @return the first page
     * @see <a href="https://www.twilio.com/docs/conversations/api/participant-conversation-resource">Participant Conversation
     *     resource</a>
     */
    public Deferred<Page<ConversationSnapshot>> ofIdentity(String identity) {
        return of(identity, new Who(Arguments.identity(identity), null));
    }

    /**
     * Reads where somebody takes part who is reached by SMS, WhatsApp or the like, closed conversations included; on a backend
     * only.
     *
     * @param address such as {@code +15550001} or {@code whatsapp:+15550001}
     * @return the first page
     * @see <a href="https://www.twilio.com/docs/conversations/api/participant-conversation-resource">Participant Conversation
     *     resource</a>
     */
    public Deferred<Page<ConversationSnapshot>> ofAddress(String address) {
        return of(address, new Who(null, Arguments.text("address", address)));
    }

    private Deferred<Page<ConversationSnapshot>> of(String name, Who who) {
        return calls.page(
                "list conversations of " + name,
                PAGE_SIZE,
                (api, page) -> api.conversations().listOf(who, page));
    }
}
