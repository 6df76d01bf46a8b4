package io.github.conversations4j.internal.realtime.channel;

/** Dials. Thread-safe. */
public interface ChannelFactory extends AutoCloseable {
    /**
     * Begins to open a websocket.
     *
     * @param listener hears what becomes of it
     * @return the channel, not open yet
     */
    Channel dial(ChannelListener listener);

    /** Lets go of threads and sockets. Does not block. */
    @Override
    void close();
}
