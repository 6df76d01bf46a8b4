package io.github.conversations4j.internal.rest;

import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.internal.api.ConversationsApi;
import org.jspecify.annotations.Nullable;

/** Commands and queries by REST, as the account that owns the conversations. Immutable and thread-safe. */
public final class RestConversationsApi implements ConversationsApi {
    private final RestClient rest;
    private final RestConversations conversations;
    private final RestMessages messages;
    private final RestParticipants participants;
    private final RestUsers users;

    /**
     * Puts the commands on top of a client.
     *
     * @param rest makes the calls; closed by whoever made it
     */
    public RestConversationsApi(RestClient rest) {
        this.rest = rest;
        this.participants = new RestParticipants(rest);
        this.conversations = new RestConversations(rest, participants);
        this.messages = new RestMessages(rest);
        this.users = new RestUsers(rest);
    }

    @Override
    public Conversations conversations() {
        return conversations;
    }

    @Override
    public Messages messages() {
        return messages;
    }

    @Override
    public Participants participants() {
        return participants;
    }

    @Override
    public Users users() {
        return users;
    }

    @Override
    public Roles roles() {
        return new RestRoles(rest);
    }

    @Override
    public Templates templates() {
        return new RestTemplates(rest);
    }

    @Override
    public Files files() {
        return rest.media();
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnsupportedByClientException if no identity is given: the account is nobody
     */
    @Override
    public Mine mine(@Nullable String identity) {
        if (identity == null) {
            throw new UnsupportedByClientException(
                    "act as a participant", "a backend is no participant. Use client.as(identity)");
        }
        return new RestMine(rest, participants, identity);
    }
}
