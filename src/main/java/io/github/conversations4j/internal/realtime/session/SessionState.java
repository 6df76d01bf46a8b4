package io.github.conversations4j.internal.realtime.session;

import io.github.conversations4j.event.ConnectionState;

/** The states of a {@link Session}, which describes what moves it from one to another. */
enum SessionState {
    /** A token is being fetched or the websocket is being opened. */
    CONNECTING(ConnectionState.CONNECTING),
    /** The websocket is open and {@code init} was sent. */
    INITIALISING(ConnectionState.CONNECTING),
    /** Everything works. */
    CONNECTED(ConnectionState.CONNECTED),
    /** Everything works, and a new token is on its way. */
    UPDATING(ConnectionState.CONNECTED),
    /** There is no websocket, and a timer will open the next one. */
    RETRYING(ConnectionState.CONNECTING),
    /** There is no websocket, and only a new token will open the next one. */
    DENIED(ConnectionState.DENIED),
    /** The goodbye was sent. */
    DISCONNECTING(ConnectionState.DISCONNECTING),
    /** Before the beginning and after the end. */
    DISCONNECTED(ConnectionState.DISCONNECTED);

    private final ConnectionState shown;

    SessionState(ConnectionState shown) {
        this.shown = shown;
    }

    /** What users are told. */
    ConnectionState shown() {
        return shown;
    }

    /** Whether requests may be sent. */
    boolean carriesRequests() {
        return this == CONNECTED || this == UPDATING;
    }
}
