package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.source.DraftType;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Twilio's names of events, as its settings list them. Stateless. */
public final class WebhookNames {
    private static final Set<String> BEFORE =
            DraftType.all().stream().map(DraftType::webhook).collect(Collectors.toUnmodifiableSet());

    private static final Set<String> NEVER_OF_A_CONVERSATION = Stream.concat(
                    BEFORE.stream(),
                    after(List.of(EventType.CONVERSATION_ADDED, EventType.USER_ADDED, EventType.USER_UPDATED)).stream())
            .collect(Collectors.toUnmodifiableSet());

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

    /**
     * What the webhooks of a single conversation cannot send: questions, and what happens outside of it.
     *
     * @return all their names
     */
    public static Set<String> neverOfAConversation() {
        return NEVER_OF_A_CONVERSATION;
    }
}
