package io.github.conversations4j.internal.realtime.channel;

/** One websocket, from the moment it is dialled. Thread-safe; no method blocks. */
public interface Channel {
    /**
     * Sends a binary message after those that were sent before.
     *
     * @param message the message; it belongs to the channel from now on
     * @return false if it was not taken because the channel has ended or is choked; it then ends by itself
     */
    boolean send(byte[] message);

    /** Ends it politely: what was sent still leaves. Idempotent. */
    void close();

    /** Ends it at once. Idempotent. */
    void cancel();
}
