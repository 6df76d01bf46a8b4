package io.github.conversations4j;

import io.github.conversations4j.event.ConversationsEvent;

/**
 * Runs around the hooks of every event: logs, filters, measures. Middleware is given to {@code ClientOptions} and runs
 * in that order, on the thread of the hooks and under their promise: in order and one at a time within a conversation.
 *
 * <p>An event that hooks get although they were registered after it ({@code onInit}, {@code onInitFailed}) passes again
 * for each of them.
 */
@FunctionalInterface
public interface Middleware {
    /**
     * Handles one event. Not calling {@code next} keeps the event from everything behind.
     *
     * @param event the event
     * @param next the middleware behind this one, and then the hooks
     * @throws Exception whatever went wrong; it is reported, and the event goes no further
     */
    void handle(ConversationsEvent event, Next next) throws Exception;

    /**
     * Middleware that keeps the {@code messageAdded} events of the client's own messages from everything behind it, so that
     * a bot does not answer itself. What counts is the id that the client gave to the message, not the author, so that
     * messages of the same person from elsewhere come through. Nobody else can make such an id.
     *
     * <p>A client does not recognise what it sent before a restart, or what another client sent, unless both have the same
     * {@code sender} in their options.
     *
     * @return the middleware, for options of any client
     */
    static Middleware ignoreOwnMessages() {
        return OwnMessages.Filter.INSTANCE;
    }

    /** What stands behind a middleware. */
    @FunctionalInterface
    interface Next {
        /**
         * Goes on, and returns when the hooks have returned; asynchronous ones may not have ended. Hooks that throw
         * are reported and do not come back here. To be called at most once, inside of {@link Middleware#handle}.
         *
         * @throws Exception what a middleware behind this one threw
         * @throws IllegalStateException if it was called before, or is called outside of {@link Middleware#handle}
         */
        void proceed() throws Exception;
    }
}
