package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.source.DraftType;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Twilio's names of events, as its settings list them. Stateless. */
public final class WebhookNames {
    private static final Set<String> BEFORE =
            DraftType.all().stream().map(DraftType::webhook).collect(Collectors.toUnmodifiableSet());

    private WebhookNames() {}

    /**
     * The webhooks that tell some kinds of event.
     *
     * @param types the kinds; those that no webhook tells are left out
     * @return the names
     */
    public static Set<String> after(Collection<EventType<?>> types) {
        return types.stream().map(PostEvent::nameOf).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /**
     * The webhooks that ask before something happens.
     *
     * @return all their names
     */
    public static Set<String> before() {
        return BEFORE;
    }
}
