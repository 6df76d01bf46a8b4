package io.github.conversations4j.source;

import static io.github.conversations4j.event.EventType.CONNECTION_ERROR;
import static io.github.conversations4j.event.EventType.CONNECTION_STATE_CHANGED;
import static io.github.conversations4j.event.EventType.CONVERSATION_ADDED;
import static io.github.conversations4j.event.EventType.CONVERSATION_JOINED;
import static io.github.conversations4j.event.EventType.CONVERSATION_LEFT;
import static io.github.conversations4j.event.EventType.CONVERSATION_REMOVED;
import static io.github.conversations4j.event.EventType.CONVERSATION_STATE_UPDATED;
import static io.github.conversations4j.event.EventType.CONVERSATION_UPDATED;
import static io.github.conversations4j.event.EventType.DELIVERY_UPDATED;
import static io.github.conversations4j.event.EventType.MESSAGE_ADDED;
import static io.github.conversations4j.event.EventType.MESSAGE_REMOVED;
import static io.github.conversations4j.event.EventType.MESSAGE_UPDATED;
import static io.github.conversations4j.event.EventType.PARTICIPANT_JOINED;
import static io.github.conversations4j.event.EventType.PARTICIPANT_LEFT;
import static io.github.conversations4j.event.EventType.PARTICIPANT_UPDATED;
import static io.github.conversations4j.event.EventType.TOKEN_ABOUT_TO_EXPIRE;
import static io.github.conversations4j.event.EventType.TOKEN_EXPIRED;
import static io.github.conversations4j.event.EventType.TYPING_ENDED;
import static io.github.conversations4j.event.EventType.TYPING_STARTED;
import static io.github.conversations4j.event.EventType.UNKNOWN;
import static io.github.conversations4j.event.EventType.USER_ADDED;
import static io.github.conversations4j.event.EventType.USER_SUBSCRIBED;
import static io.github.conversations4j.event.EventType.USER_UNSUBSCRIBED;
import static io.github.conversations4j.event.EventType.USER_UPDATED;

import io.github.conversations4j.event.EventType;
import java.util.Set;

/** The kinds of source that this library brings, and what each can ever fire: the one table of sources and events. */
public enum SourceKind {
    /** Twilio calls us. */
    WEBHOOK(
            "webhook",
            "EventSources.webhook(\"https://…\")",
            Set.of(
                    CONVERSATION_ADDED,
                    CONVERSATION_REMOVED,
                    CONVERSATION_UPDATED,
                    CONVERSATION_STATE_UPDATED,
                    MESSAGE_ADDED,
                    MESSAGE_UPDATED,
                    MESSAGE_REMOVED,
                    DELIVERY_UPDATED,
                    PARTICIPANT_JOINED,
                    PARTICIPANT_LEFT,
                    PARTICIPANT_UPDATED,
                    USER_ADDED,
                    USER_UPDATED,
                    UNKNOWN)),
    /** We call Twilio. */
    POLL(
            "poll",
            "EventSources.poll()",
            Set.of(
                    CONVERSATION_ADDED,
                    CONVERSATION_REMOVED,
                    CONVERSATION_UPDATED,
                    CONVERSATION_STATE_UPDATED,
                    MESSAGE_ADDED,
                    MESSAGE_UPDATED,
                    MESSAGE_REMOVED,
                    PARTICIPANT_JOINED,
                    PARTICIPANT_LEFT,
                    PARTICIPANT_UPDATED,
                    USER_ADDED,
                    USER_UPDATED,
                    CONNECTION_STATE_CHANGED,
                    CONNECTION_ERROR)),
    /** A participant's connection to Twilio's socket. Experimental: the protocol is Twilio's own and undocumented. */
    REALTIME(
            "realtime",
            "a participant's client, ClientOptions.participant(…)",
            Set.of(
                    CONVERSATION_ADDED,
                    CONVERSATION_JOINED,
                    CONVERSATION_LEFT,
                    CONVERSATION_REMOVED,
                    CONVERSATION_UPDATED,
                    MESSAGE_ADDED,
                    MESSAGE_UPDATED,
                    MESSAGE_REMOVED,
                    PARTICIPANT_JOINED,
                    PARTICIPANT_LEFT,
                    PARTICIPANT_UPDATED,
                    TYPING_STARTED,
                    TYPING_ENDED,
                    USER_UPDATED,
                    USER_SUBSCRIBED,
                    USER_UNSUBSCRIBED,
                    TOKEN_ABOUT_TO_EXPIRE,
                    TOKEN_EXPIRED,
                    CONNECTION_STATE_CHANGED,
                    CONNECTION_ERROR));

    private final String sourceName;
    private final String howToAdd;
    private final Set<EventType<?>> events;

    SourceKind(String sourceName, String howToAdd, Set<EventType<?>> events) {
        this.sourceName = sourceName;
        this.howToAdd = howToAdd;
        this.events = events;
    }

    /**
     * The name that events of such a source carry.
     *
     * @return for example {@code webhook}
     */
    public String sourceName() {
        return sourceName;
    }

    /**
     * How a client gets such a source.
     *
     * @return what to write, for messages
     */
    public String howToAdd() {
        return howToAdd;
    }

    /**
     * What such a source can ever fire. Of sources that tell nothing about their connection, the client does.
     *
     * @return the kinds of event
     */
    public Set<EventType<?>> events() {
        return events;
    }
}
