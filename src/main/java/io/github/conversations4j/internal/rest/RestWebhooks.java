package io.github.conversations4j.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.json.Resource;
import io.github.conversations4j.model.WebhookSettings;
import io.github.conversations4j.model.WebhookSettings.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of webhooks by REST, which only an account may read. Immutable and thread-safe.
 *
 * <p>That an empty URL clears a setting is assumed, as it does elsewhere at Twilio; its pages do not say so. A list of
 * events cannot be emptied: a form has no empty list, and what goes to no URL is sent to nobody.
 *
 * @param rest makes the calls
 */
public record RestWebhooks(RestClient rest) {
    /** Twilio allows five. */
    private static final int MOST_OF_A_CONVERSATION = 5;

    private static final List<String> ACCOUNT = List.of("v1", "Configuration", "Webhooks");

    /**
     * Reads the settings of the account.
     *
     * @return them
     */
    public CompletableFuture<WebhookSettings> ofAccount() {
        return rest.send(TwilioRequest.get("read the account's webhooks", ACCOUNT), RestWebhooks::account);
    }

    /**
     * Reads the settings of the client's service, which is the account's default one if none is named.
     *
     * @return them
     */
    public CompletableFuture<WebhookSettings> ofService() {
        return withService(sid -> rest.send(
                TwilioRequest.get("read the webhooks of service " + sid, path(sid)), node -> service(node, sid)));
    }

    /**
     * Reads the webhooks of one conversation.
     *
     * @param conversationSid {@code CH…}
     * @return all of them
     */
    public CompletableFuture<List<WebhookSettings>> ofConversation(String conversationSid) {
        ListOf<WebhookSettings> list =
                new ListOf<>("webhooks", MOST_OF_A_CONVERSATION, node -> scoped(node, conversationSid));
        return rest.page(
                        TwilioRequest.get("read the webhooks of " + conversationSid, scopedPath(conversationSid)),
                        list,
                        PageRequest.first(MOST_OF_A_CONVERSATION))
                .thenApply(slice -> slice.items());
    }

    /**
     * Stores settings; a conversation's webhook without a SID is made.
     *
     * @param settings as they are to be
     * @return as they are now
     */
    public CompletableFuture<WebhookSettings> store(WebhookSettings settings) {
        return switch (settings.level()) {
            case ACCOUNT ->
                rest.send(
                        urls(TwilioRequest.post("set the account's webhooks", ACCOUNT), settings),
                        RestWebhooks::account);
            case SERVICE ->
                withService(sid -> rest.send(
                        urls(TwilioRequest.post("set the webhooks of service " + sid, path(sid)), settings),
                        node -> service(node, sid)));
            case CONVERSATION -> storeScoped(settings, String.valueOf(settings.owner()));
        };
    }

    private CompletableFuture<WebhookSettings> storeScoped(WebhookSettings settings, String conversationSid) {
        String sid = settings.sid();
        TwilioRequest request = sid == null
                ? TwilioRequest.post("add a webhook to " + conversationSid, scopedPath(conversationSid))
                        .form("Target", "webhook")
                : TwilioRequest.post("set webhook " + sid, scopedPath(conversationSid, sid));
        request.form("Configuration.Url", settings.postUrl())
                .form("Configuration.Method", settings.method().toLowerCase(Locale.ROOT));
        settings.events().stream().sorted().forEach(event -> request.form("Configuration.Filters", event));
        return rest.send(request, node -> scoped(node, conversationSid));
    }

    /**
     * Removes a webhook of a conversation.
     *
     * @param conversationSid {@code CH…}
     * @param sid {@code WH…}
     * @return when it is gone
     */
    public CompletableFuture<Void> remove(String conversationSid, String sid) {
        return rest.send(TwilioRequest.delete("remove webhook " + sid, scopedPath(conversationSid, sid)));
    }

    private static TwilioRequest urls(TwilioRequest request, WebhookSettings settings) {
        request.form("Method", settings.method())
                .form("PreWebhookUrl", orEmpty(settings.preUrl()))
                .form("PostWebhookUrl", orEmpty(settings.postUrl()));
        settings.events().stream().sorted().forEach(event -> request.form("Filters", event));
        return request;
    }

    private static String orEmpty(@Nullable String url) {
        return url == null ? "" : url;
    }

    private <T> CompletableFuture<T> withService(Function<String, CompletableFuture<T>> call) {
        String sid = rest.serviceSid();
        if (sid != null) {
            return call.apply(sid);
        }
        return rest.send(
                        TwilioRequest.get("read the default service", List.of("v1", "Configuration")),
                        node -> new Resource(node).required("default_chat_service_sid"))
                .thenCompose(call);
    }

    private static List<String> path(String serviceSid) {
        return List.of("v1", "Services", serviceSid, "Configuration", "Webhooks");
    }

    private List<String> scopedPath(String conversationSid) {
        return rest.path("Conversations", conversationSid, "Webhooks");
    }

    private List<String> scopedPath(String conversationSid, String sid) {
        return rest.path("Conversations", conversationSid, "Webhooks", sid);
    }

    private static WebhookSettings account(JsonNode node) {
        return settings(Level.ACCOUNT, node, new Resource(node).text("account_sid"));
    }

    private static WebhookSettings service(JsonNode node, String sid) {
        return settings(Level.SERVICE, node, sid);
    }

    private static WebhookSettings settings(Level level, JsonNode node, @Nullable String owner) {
        Resource from = new Resource(node);
        return new WebhookSettings(
                level,
                owner,
                null,
                url(from, "post_webhook_url"),
                url(from, "pre_webhook_url"),
                method(from),
                events(node));
    }

    private static WebhookSettings scoped(JsonNode node, String conversationSid) {
        Resource from = new Resource(node);
        Resource configuration = from.object("configuration");
        return new WebhookSettings(
                Level.CONVERSATION,
                conversationSid,
                from.required("sid"),
                url(configuration, "url"),
                null,
                method(configuration),
                events(configuration.node()));
    }

    private static String method(Resource from) {
        String method = from.text("method");
        return method == null || method.isBlank() ? "POST" : method.toUpperCase(Locale.ROOT);
    }

    private static @Nullable String url(Resource from, String field) {
        String url = from.text(field);
        return url == null || url.isBlank() ? null : url;
    }

    private static Set<String> events(JsonNode node) {
        Set<String> events = new HashSet<>();
        node.path("filters").forEach(event -> events.add(event.asText()));
        return events;
    }
}
