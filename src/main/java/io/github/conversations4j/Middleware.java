package io.github.conversations4j;

import io.github.conversations4j.event.ConversationsEvent;

/**
 * Runs around the hooks of every event: logs, filters, measures. Middleware is given to {@code ClientOptions} and runs
 * in that order, on the thread of the hooks and under their promise: in order and one at a time within a conversation.
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

    /** What stands behind a middleware. */
    @FunctionalInterface
    interface Next {
        /**
         * Goes on. Hooks that throw are reported and do not come back here.
         *
         * @throws Exception what a middleware behind this one threw
         */
        void proceed() throws Exception;
    }
}
