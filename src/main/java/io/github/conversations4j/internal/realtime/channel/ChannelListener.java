package io.github.conversations4j.internal.realtime.channel;

import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to one channel. Called by one thread at a time, never from within {@link ChannelFactory#dial} or a
 * method of the channel. What it does not return from holds the reader up, and so the sender: that is the back-pressure.
 */
public interface ChannelListener {
    /** Messages can be sent. Called at most once, before any message. */
    void opened();

    /**
     * A binary message came.
     *
     * @param message the message; it belongs to the listener from now on
     */
    void received(byte[] message);

    /** A text message came, which the protocol does not know; it is dropped. Called like {@link #received}. */
    void receivedText();

    /**
     * All that has come was told, and the reader is about to wait for more. Called after one message or several, on the
     * thread that told them.
     */
    void caughtUp();

    /**
     * The channel has ended, or never came to be. Called exactly once, and nothing after it.
     *
     * @param failure what went wrong; null if the other side closed it politely
     */
    void ended(@Nullable Throwable failure);
}
