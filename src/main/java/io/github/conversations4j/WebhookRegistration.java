package io.github.conversations4j;

import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.webhook.WebhookNames;
import io.github.conversations4j.model.WebhookSettings;
import io.github.conversations4j.model.WebhookSettings.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where and how {@link Webhooks#register} makes itself known to Twilio. Immutable.
 *
 * @param level whose settings are changed
 * @param conversationSid the conversation, at that level only
 * @param alsoEvents events that are asked for although no hook needs them yet, in Twilio's words
 * @param replacesForeignUrls whether a URL that is not this client's may be replaced
 */
public record WebhookRegistration(
        Level level, @Nullable String conversationSid, Set<String> alsoEvents, boolean replacesForeignUrls) {

    /** Checks and copies. */
    public WebhookRegistration {
        Objects.requireNonNull(level, "level: must not be null");
        if (level == Level.CONVERSATION != (conversationSid != null)) {
            throw new IllegalArgumentException("conversationSid: belongs to the level CONVERSATION and to no other");
        }
        alsoEvents = Set.copyOf(alsoEvents);
        Set<String> never = new TreeSet<>(alsoEvents);
        never.retainAll(WebhookNames.neverOfAConversation());
        if (level == Level.CONVERSATION && !never.isEmpty()) {
            throw new IllegalArgumentException("alsoEvents: the webhook of a conversation never sends " + never);
        }
    }

    /**
     * In the settings of the client's service.
     *
     * @return a registration
     */
    public static WebhookRegistration onService() {
        return new WebhookRegistration(Level.SERVICE, null, Set.of(), false);
    }

    /**
     * In the settings of the account, for all its services.
     *
     * @return a registration
     */
    public static WebhookRegistration onAccount() {
        return new WebhookRegistration(Level.ACCOUNT, null, Set.of(), false);
    }

    /**
     * As one of the five webhooks of a conversation, which tell what happened and never ask. Of the events that hooks need,
     * it sends those that happen in a conversation: not its making, and nothing about users.
     *
     * @param conversationSid {@code CH…}
     * @return a registration
     */
    public static WebhookRegistration onConversation(String conversationSid) {
        Arguments.sid("conversationSid", "CH", conversationSid);
        return new WebhookRegistration(Level.CONVERSATION, conversationSid, Set.of(), false);
    }

    /**
     * Asks for events besides those that hooks need, such as {@code onDeliveryUpdated}.
     *
     * @param events Twilio's names
     * @return a copy
     * @throws IllegalArgumentException if the webhooks of a conversation never send one of them and this is for one
     * @see <a href="https://www.twilio.com/docs/conversations/conversations-webhooks">Conversations Webhooks</a>
     */
    public WebhookRegistration alsoFor(String... events) {
        Set<String> more = new HashSet<>(alsoEvents);
        more.addAll(List.of(events));
        return new WebhookRegistration(level, conversationSid, more, replacesForeignUrls);
    }

    /**
     * Takes the place of whoever is set now; without this, registering fails and names them.
     *
     * @return a copy
     */
    public WebhookRegistration replacingForeignUrls() {
        return new WebhookRegistration(level, conversationSid, alsoEvents, true);
    }

    /** A webhook of the conversation that is still to be made. */
    WebhookSettings blank() {
        return new WebhookSettings(level, conversationSid, null, null, null, "POST", Set.of());
    }
}
