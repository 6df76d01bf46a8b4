package io.github.conversations4j.internal.realtime.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.event.ConnectionState;

/** Hears what happens to a session. Called inside its {@link Exclusive}: it must be short and call no foreign code. */
public interface SessionListener {
    /**
     * The session shows another state.
     *
     * @param state the new state
     */
    void stateChanged(ConnectionState state);

    /** The session is connected, for the first time or again; requests are taken, subscriptions of before are gone. */
    void connected();

    /** The websocket is gone; another one follows unless a state says otherwise. */
    void disconnected();

    /**
     * Something failed.
     *
     * @param cause why
     * @param terminal whether the session has given up, at least until there is another token
     */
    void failed(Throwable cause, boolean terminal);

    /**
     * The server pushed something.
     *
     * @param messageType what, for example {@code twilio.sync.event}
     * @param payload its JSON, or a missing node
     */
    void notified(String messageType, JsonNode payload);
}
