package io.github.conversations4j.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.json.MalformedResourceException;
import io.github.conversations4j.internal.json.Resources;
import io.github.conversations4j.model.ContentTemplate;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.Role;
import io.github.conversations4j.model.User;
import io.github.conversations4j.model.UserConversation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A list resource of Twilio's. Immutable.
 *
 * @param key the name of the list in the answer
 * @param largestPage the largest page that Twilio serves; what it does with a larger one is not documented
 * @param item decodes one item
 * @param <T> the items
 */
record ListOf<T>(String key, int largestPage, Function<JsonNode, T> item) {
    static final ListOf<ConversationSnapshot> CONVERSATIONS =
            new ListOf<>("conversations", 100, Resources::conversation);
    static final ListOf<Message> MESSAGES = new ListOf<>("messages", 100, Resources::message);
    static final ListOf<Participant> PARTICIPANTS = new ListOf<>("participants", 100, Resources::participant);
    static final ListOf<DeliveryReceipt> RECEIPTS = new ListOf<>("delivery_receipts", 50, Resources::receipt);
    static final ListOf<User> USERS = new ListOf<>("users", 50, Resources::user);
    static final ListOf<UserConversation> USER_CONVERSATIONS =
            new ListOf<>("conversations", 50, Resources::userConversation);
    static final ListOf<ConversationSnapshot> PARTICIPANT_CONVERSATIONS =
            new ListOf<>("conversations", 50, Resources::participantConversation);
    static final ListOf<Role> ROLES = new ListOf<>("roles", 50, Resources::role);
    static final ListOf<ContentTemplate> TEMPLATES = new ListOf<>("contents", 100, Resources::template);

    /** Decodes a page. An empty page in the middle has a link to the next one like any other. */
    Slice<T> slice(JsonNode tree) {
        JsonNode array = tree.path(key);
        if (!array.isArray()) {
            throw new MalformedResourceException("the answer has no list \"" + key + '"');
        }
        List<T> items = new ArrayList<>(array.size());
        array.forEach(node -> items.add(item.apply(node)));
        String next = tree.path("meta").path("next_page_url").textValue();
        return new Slice<>(items, next == null || next.isBlank() ? null : next);
    }
}
