package io.github.conversations4j.event;

/**
 * The state of the connection of a source, with the names of the official JavaScript client.
 */
public enum ConnectionState {
    /** Trying to connect. */
    CONNECTING,
    /** Events arrive. */
    CONNECTED,
    /** Ending the connection. */
    DISCONNECTING,
    /** Not connected, and not trying. */
    DISCONNECTED,
    /** The token or the credentials were refused; a new token may help. */
    DENIED
}
