package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.ErrorHandler;
import io.github.conversations4j.ErrorReport;
import io.github.conversations4j.Middleware;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one event through the middleware to the hooks of its type, on the calling thread. What a hook throws is
 * reported and stops nobody. Thread-safe.
 */
final class HookCaller {
    private static final Logger LOG = LoggerFactory.getLogger(HookCaller.class);

    private final HookTable table;
    private final Middleware[] middleware;
    private final ErrorHandler errorHandler;

    HookCaller(HookTable table, List<Middleware> middleware, ErrorHandler errorHandler) {
        this.table = table;
        this.middleware = middleware.toArray(Middleware[]::new);
        this.errorHandler = errorHandler;
    }

    /**
     * Calls everybody who listens to an event.
     *
     * @return completes, never exceptionally, when every asynchronous hook has ended; null if all have
     */
    @Nullable
    CompletionStage<?> call(ConversationsEvent event) {
        if (middleware.length == 0) {
            return callHooks(event);
        }
        Passage passage = new Passage(event);
        try {
            passage.proceed();
        } catch (Throwable e) {
            report(event, "middleware failed at " + event.type(), e);
        }
        return passage.pending;
    }

    /** Calls one hook, as for a sticky event that it missed. */
    @Nullable
    CompletionStage<?> callOne(Registration registration, ConversationsEvent event) {
        try {
            CompletionStage<?> stage = registration.call(event);
            return stage == null
                    ? null
                    : stage.handle((done, failure) -> {
                        if (failure != null) {
                            report(event, registration + " failed", failure);
                        }
                        return null;
                    });
        } catch (Throwable e) {
            report(event, registration + " failed", e);
            return null;
        }
    }

    private @Nullable CompletionStage<?> callHooks(ConversationsEvent event) {
        boolean sticky = Dispatcher.isSticky(event);
        CompletionStage<?> pending = null;
        for (Registration registration : table.everywhere(event.type())) {
            if (registration.isActive() && (!sticky || registration.takesSticky())) {
                pending = both(pending, callOne(registration, event));
            }
        }
        if (event instanceof ConversationScoped scoped) {
            for (Registration registration : table.of(scoped.conversationSid())) {
                if (registration.isActive() && registration.type() == event.type()) {
                    pending = both(pending, callOne(registration, event));
                }
            }
        }
        return pending;
    }

    private static @Nullable CompletionStage<?> both(
            @Nullable CompletionStage<?> one, @Nullable CompletionStage<?> other) {
        if (one == null) {
            return other;
        }
        return other == null ? one : CompletableFuture.allOf(one.toCompletableFuture(), other.toCompletableFuture());
    }

    void report(@Nullable ConversationsEvent event, String what, Throwable cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        try {
            errorHandler.onError(new ErrorReport(what, event, cause));
        } catch (RuntimeException e) {
            LOG.error("the error handler failed while it was told that {}", what, e);
        }
    }

    /** One event on its way through the middleware. Confined to the thread of its lane. */
    private final class Passage implements Middleware.Next {
        private final ConversationsEvent event;
        private int passed;
        private @Nullable CompletionStage<?> pending;

        Passage(ConversationsEvent event) {
            this.event = event;
        }

        @Override
        public void proceed() throws Exception {
            if (passed < middleware.length) {
                middleware[passed++].handle(event, this);
            } else if (passed == middleware.length) {
                passed++;
                pending = callHooks(event);
            } else {
                throw new IllegalStateException("middleware called next.proceed() twice for one event");
            }
        }
    }
}
