package io.github.conversations4j;

import io.github.conversations4j.error.ForeignWebhookException;
import io.github.conversations4j.internal.rest.RestWebhooks;
import io.github.conversations4j.internal.webhook.WebhookNames;
import io.github.conversations4j.internal.wire.WebhookUrl;
import io.github.conversations4j.model.WebhookSettings;
import io.github.conversations4j.model.WebhookSettings.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares what Twilio sends with what hooks need, and sets it right. Asks for a question before the fact only if somebody
 * answers it, since whoever is asked and fails to answer rejects. Thread-safe; reads and writes are not one step at Twilio,
 * so who changes the same settings at the same time may undo the other's.
 */
final class WebhookRegistrar {
    private final RestWebhooks rest;
    private final String url;
    private final Supplier<Set<String>> neededAfter;
    private final Supplier<Set<String>> neededBefore;

    /**
     * Makes one.
     *
     * @param rest the way to the settings
     * @param url the URL that Twilio is to call
     * @param neededAfter the events that hooks need now
     * @param neededBefore the questions that hooks answer now
     */
    WebhookRegistrar(
            RestWebhooks rest, String url, Supplier<Set<String>> neededAfter, Supplier<Set<String>> neededBefore) {
        this.rest = rest;
        this.url = url;
        this.neededAfter = neededAfter;
        this.neededBefore = neededBefore;
    }

    CompletableFuture<WebhookCheck> check() {
        return rest.ofAccount().thenCombine(rest.ofService(), (account, service) -> compare(List.of(account, service)));
    }

    private WebhookCheck compare(List<WebhookSettings> settings) {
        Set<String> missing = new HashSet<>(neededAfter.get());
        missing.addAll(neededBefore.get());
        Set<String> unwanted = new HashSet<>();
        for (WebhookSettings each : settings) {
            for (String event : each.events()) {
                boolean question = WebhookNames.before().contains(event);
                if (url.equals(question ? each.preUrl() : each.postUrl()) && !missing.remove(event) && question) {
                    unwanted.add(event);
                }
            }
        }
        unwanted.removeAll(neededBefore.get());
        return new WebhookCheck(url, missing, unwanted, settings);
    }

    CompletableFuture<WebhookSettings> register(WebhookRegistration how) {
        return now(how).thenCompose(now -> {
            WebhookSettings planned = planned(now, how);
            boolean there = planned.equals(now) && (now.level() != Level.CONVERSATION || now.sid() != null);
            return there ? CompletableFuture.completedFuture(now) : rest.store(planned);
        });
    }

    private CompletableFuture<WebhookSettings> now(WebhookRegistration how) {
        return switch (how.level()) {
            case ACCOUNT -> rest.ofAccount();
            case SERVICE -> rest.ofService();
            case CONVERSATION ->
                rest.ofConversation(String.valueOf(how.conversationSid()))
                        .thenApply(webhooks -> webhooks.stream()
                                .filter(webhook -> url.equals(webhook.postUrl()))
                                .findFirst()
                                .orElseGet(how::blank));
        };
    }

    private WebhookSettings planned(WebhookSettings now, WebhookRegistration how) {
        Set<String> before = how.level() == Level.CONVERSATION ? Set.of() : neededBefore.get();
        boolean takesPost = isForeign(now.postUrl());
        boolean takesPre = isForeign(now.preUrl()) && !before.isEmpty();
        if ((takesPost || takesPre) && !how.replacesForeignUrls()) {
            throw new ForeignWebhookException(now.toString(), WebhookUrl.redacted(url));
        }
        boolean keepsForeignPre = isForeign(now.preUrl()) && before.isEmpty();
        Set<String> events = new HashSet<>(now.events());
        // What others were asked or told is their business, and goes with them.
        events.removeIf(event -> WebhookNames.before().contains(event) ? !keepsForeignPre : takesPost);
        events.addAll(neededAfter(how.level()));
        events.addAll(how.alsoEvents());
        events.addAll(before);
        if (events.isEmpty() && how.level() == Level.CONVERSATION) {
            throw new IllegalStateException(
                    "register: no hook needs an event that the webhook of a conversation can send;"
                            + " register such a hook first, or name events with .alsoFor(…)");
        }
        String preUrl = keepsForeignPre ? now.preUrl() : before.isEmpty() ? null : url;
        return now.with(url, preUrl, events);
    }

    private Set<String> neededAfter(Level level) {
        Set<String> needed = new HashSet<>(neededAfter.get());
        if (level == Level.CONVERSATION) {
            needed.removeAll(WebhookNames.neverOfAConversation());
        }
        return needed;
    }

    private boolean isForeign(@Nullable String set) {
        return set != null && !set.equals(url);
    }
}
