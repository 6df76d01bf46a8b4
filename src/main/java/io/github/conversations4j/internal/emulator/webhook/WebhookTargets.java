package io.github.conversations4j.internal.emulator.webhook;

import io.github.conversations4j.internal.emulator.state.ScopedWebhook;
import io.github.conversations4j.internal.emulator.state.Stamp;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.emulator.state.WebhookSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be called for a webhook: account, service and conversation as they are configured, and receivers attached to
 * the emulator, which are told everything. Thread-safe.
 *
 * <p>Whether the webhook of a service replaces that of the account or adds to it is not documented: it adds. A method
 * that wants no filter at all (an empty list) is sent nothing, since an event that is not listed is not sent.
 */
final class WebhookTargets {
    /** What a webhook of one conversation may be told. */
    private static final Set<String> SCOPED = Set.of(
            "onMessageAdded",
            "onMessageUpdated",
            "onMessageRemoved",
            "onConversationUpdated",
            "onConversationStateUpdated",
            "onConversationRemoved",
            "onParticipantAdded",
            "onParticipantUpdated",
            "onParticipantRemoved",
            "onDeliveryUpdated");

    private final Twilio twilio;
    private final Set<String> attached = new CopyOnWriteArraySet<>();

    WebhookTargets(Twilio twilio) {
        this.twilio = twilio;
    }

    /** Adds a receiver of everything, before and after; once, however often it is added. */
    void attach(String url) {
        attached.add(url);
    }

    void detach(String url) {
        attached.remove(url);
    }

    /** Who is told after something happened. */
    List<WebhookTarget> after(WebhookEvent event) {
        List<WebhookTarget> targets = new ArrayList<>();
        configured(targets, "account", twilio.configuration().webhooks(), WebhookSettings::postUrl, event);
        configured(targets, "service", ofService(event.stamp()), WebhookSettings::postUrl, event);
        if (SCOPED.contains(event.name())) {
            for (ScopedWebhook hook : event.stamp().hooks()) {
                if (wants(hook, event)) {
                    targets.add(new WebhookTarget(
                            "conversation",
                            Objects.requireNonNull(hook.url()),
                            hook.method().toUpperCase(Locale.ROOT)));
                }
            }
        }
        attached.forEach(url -> targets.add(new WebhookTarget("attached", url, "POST")));
        return targets;
    }

    /** Whether anybody may have to be asked before something happens; quicker to know than who. */
    boolean mayAsk(Stamp stamp) {
        return !attached.isEmpty()
                || isSet(twilio.configuration().webhooks().preUrl())
                || isSet(ofService(stamp).preUrl());
    }

    private static boolean isSet(@Nullable String url) {
        return url != null && !url.isEmpty();
    }

    /** Who is asked before something happens. */
    List<WebhookTarget> before(WebhookEvent event) {
        List<WebhookTarget> targets = new ArrayList<>();
        configured(targets, "account", twilio.configuration().webhooks(), WebhookSettings::preUrl, event);
        configured(targets, "service", ofService(event.stamp()), WebhookSettings::preUrl, event);
        attached.forEach(url -> targets.add(new WebhookTarget("attached", url, "POST")));
        return targets;
    }

    private WebhookSettings ofService(Stamp stamp) {
        String sid = stamp.serviceSid();
        try {
            return sid == null
                    ? WebhookSettings.NONE
                    : twilio.service(sid).configuration().webhooks();
        } catch (TwilioFault gone) {
            return WebhookSettings.NONE;
        }
    }

    private static void configured(
            List<WebhookTarget> targets, String level, WebhookSettings settings, Phase phase, WebhookEvent event) {
        String url = phase.url(settings);
        if (url != null && isSet(url) && settings.filters().contains(event.name())) {
            targets.add(new WebhookTarget(level, url, settings.method().toUpperCase(Locale.ROOT)));
        }
    }

    private static boolean wants(ScopedWebhook hook, WebhookEvent event) {
        if (hook.url() == null) {
            return false;
        }
        return switch (hook.target()) {
            case WEBHOOK -> hook.filters().contains(event.name());
            case TRIGGER ->
                event.name().equals("onMessageAdded")
                        && triggered(hook.triggers(), event.parameters().get("Body"));
            case STUDIO -> false;
        };
    }

    private static boolean triggered(List<String> triggers, @Nullable String body) {
        String text = body == null ? "" : body.toLowerCase(Locale.ROOT);
        return triggers.stream().anyMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
    }

    /** Which of the two URLs counts. */
    @FunctionalInterface
    private interface Phase {
        @Nullable
        String url(WebhookSettings settings);
    }
}
