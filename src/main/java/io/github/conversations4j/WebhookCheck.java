package io.github.conversations4j;

import io.github.conversations4j.internal.wire.WebhookUrl;
import io.github.conversations4j.model.WebhookSettings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Twilio is told to send, compared with what the hooks of a client need. Immutable. Webhooks of single conversations
 * are not looked at.
 *
 * @param url this client's URL
 * @param missing events that hooks need and that neither the account nor the service sends to the URL
 * @param unwanted questions that Twilio asks this URL although no {@code before…} hook answers them: while nobody answers
 *     here, a proxy's error would reject the action
 * @param settings what was compared
 */
public record WebhookCheck(String url, Set<String> missing, Set<String> unwanted, List<WebhookSettings> settings) {
    /** Copies. */
    public WebhookCheck {
        missing = Set.copyOf(missing);
        unwanted = Set.copyOf(unwanted);
        settings = List.copyOf(settings);
    }

    /**
     * Whether every hook can fire and nothing is asked for nothing.
     *
     * @return true if so
     */
    public boolean isComplete() {
        return missing.isEmpty() && unwanted.isEmpty();
    }

    /** In words, for logs; the URLs without user information and values of the query, which may be secrets. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(WebhookUrl.redacted(url));
        if (isComplete()) {
            return text.append(" gets every webhook that the hooks need").toString();
        }
        if (!missing.isEmpty()) {
            text.append(" gets no webhook for ").append(new TreeSet<>(missing)).append(", for which there are hooks;");
        }
        if (!unwanted.isEmpty()) {
            text.append(" is asked ")
                    .append(new TreeSet<>(unwanted))
                    .append(", which no hook answers, and whose failure would reject the action;");
        }
        return text.append(" client.webhooks().register(WebhookRegistration.onService()) sets it right. Set now: ")
                .append(settings)
                .toString();
    }
}
