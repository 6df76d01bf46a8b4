package io.github.conversations4j.internal.emulator.http;

/** The connection that a request came on, which may go on as a websocket. Thread-safe. */
public interface Connection {
    /** Cuts it without a word. Idempotent. */
    void hangUp();

    /**
     * Cuts it if it brings too much until this is called again. To be called on the thread that reads it.
     *
     * @param bytes how much it may bring
     */
    void limit(long bytes);
}
