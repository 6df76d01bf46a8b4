package io.github.conversations4j.model;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where Twilio is told to send which webhooks: the settings of the account, of a service, or one webhook of one
 * conversation. Immutable.
 *
 * @param level whose settings they are
 * @param owner the account, service or conversation they belong to; null for an account that did not say
 * @param sid {@code WH…}, of a conversation's webhook; null for the others, which have one setting each
 * @param postUrl where events go after they happened; null if nowhere, and for a conversation's webhook that starts a
 *     Studio flow
 * @param preUrl who is asked before something happens; null if nobody; conversations' webhooks are never asked
 * @param method {@code GET} or {@code POST}
 * @param events the names of the events that are sent, such as {@code onMessageAdded}; what is not listed is not sent
 * @see <a href="https://www.twilio.com/docs/conversations/api/configuration-resource">Configuration resource</a>
 * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-scoped-webhook-resource">Conversation-scoped
 *     webhook resource</a>
 */
public record WebhookSettings(
        Level level,
        @Nullable String owner,
        @Nullable String sid,
        @Nullable String postUrl,
        @Nullable String preUrl,
        String method,
        Set<String> events) {

    /** Checks and copies. */
    public WebhookSettings {
        Objects.requireNonNull(level, "level: must not be null");
        Objects.requireNonNull(method, "method: must not be null");
        events = Set.copyOf(events);
    }

    /**
     * The same settings with other URLs and events.
     *
     * @param newPostUrl see {@link #postUrl()}
     * @param newPreUrl see {@link #preUrl()}
     * @param newEvents see {@link #events()}
     * @return a copy
     */
    public WebhookSettings with(@Nullable String newPostUrl, @Nullable String newPreUrl, Set<String> newEvents) {
        return new WebhookSettings(level, owner, sid, newPostUrl, newPreUrl, method, newEvents);
    }

    /** For people; URLs without user information and query, which may hold secrets. */
    @Override
    public String toString() {
        return "webhooks of " + (owner == null ? "the " + level.name().toLowerCase(java.util.Locale.ROOT) : owner)
                + ": after to " + shown(postUrl) + ", before to " + shown(preUrl) + ", " + new TreeSet<>(events);
    }

    private static String shown(@Nullable String url) {
        if (url == null) {
            return "nobody";
        }
        String shown = url.replaceFirst("[?#].*", "");
        return shown.replaceFirst("//[^/]*@", "//");
    }

    /** Whose settings they are. */
    public enum Level {
        /** Of the account: for all its services. */
        ACCOUNT,
        /** Of one service. Whether they replace those of the account or come on top is not known. */
        SERVICE,
        /** Of one conversation: up to five, for events after the fact only. */
        CONVERSATION
    }
}
