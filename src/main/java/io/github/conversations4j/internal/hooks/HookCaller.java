package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.ErrorHandler;
import io.github.conversations4j.ErrorReport;
import io.github.conversations4j.Middleware;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.hooks.Lane.Work;
import io.github.conversations4j.internal.threads.Causes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one event through the middleware to the hooks of its type, on the calling thread. What a hook throws is
 * reported and stops nobody; nothing is ever thrown from here. Thread-safe.
 *
 * <p>An interrupt ends the hook that it hit and no other: the flag is taken from the thread after each hook and given
 * back to it at the end.
 */
final class HookCaller {
    private static final Logger LOG = LoggerFactory.getLogger(HookCaller.class);

    private final HookTable table;
    private final Middleware[] middleware;
    private final ErrorHandler errorHandler;
    private final HookAttempts.@Nullable Means again;

    // The asynchronous hooks that have not ended, each at a place of its own.
    private final Map<Object, Unended> unended = new ConcurrentHashMap<>();

    HookCaller(
            HookTable table,
            List<Middleware> middleware,
            ErrorHandler errorHandler,
            HookAttempts.@Nullable Means again) {
        this.table = table;
        this.middleware = middleware.toArray(Middleware[]::new);
        this.errorHandler = errorHandler;
        this.again = again;
    }

    /**
     * Calls everybody who listens to an event.
     *
     * @return completes, never exceptionally, when every asynchronous hook has ended; null if all have
     */
    @Nullable
    CompletionStage<?> call(Work work) {
        if (middleware.length == 0) {
            return callHooks(work);
        }
        Passage passage = new Passage(work);
        boolean interrupted = Thread.interrupted();
        try {
            passage.enter(0);
        } catch (Throwable e) {
            failed(work.event(), "middleware failed at " + work.event().type(), e);
        }
        passage.over = true;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return passage.rest;
    }

    /** Whether an event would be brought to anybody now. */
    boolean calls(ConversationsEvent event) {
        return middleware.length > 0
                || table.everywhere(event.type()).length > 0
                || event instanceof ConversationScoped scoped && isIn(table.of(scoped.conversationSid()), event.type());
    }

    private static boolean isIn(Registration[] hooks, EventType<?> type) {
        for (Registration hook : hooks) {
            if (hook.type() == type) {
                return true;
            }
        }
        return false;
    }

    private @Nullable CompletionStage<?> callHooks(Work work) {
        Registration only = work.only();
        if (only != null) {
            return callEach(new Registration[] {only}, work, null);
        }
        CompletableFuture<?> rest = callEach(table.everywhere(work.event().type()), work, null);
        return work.event() instanceof ConversationScoped scoped
                ? callEach(table.of(scoped.conversationSid()), work, rest)
                : rest;
    }

    private @Nullable CompletableFuture<?> callEach(
            Registration[] hooks, Work work, @Nullable CompletableFuture<?> before) {
        EventType<?> type = work.event().type();
        CompletableFuture<?> rest = before;
        boolean interrupted = Thread.interrupted();
        for (Registration hook : hooks) {
            if (hook.type() == type && hook.takesNext()) {
                rest = both(rest, callOne(hook, work));
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return rest;
    }

    private @Nullable CompletableFuture<?> callOne(Registration hook, Work work) {
        try {
            CompletionStage<?> stage = hook.call(work.event());
            return stage == null ? null : endOf(stage, hook, work);
        } catch (Throwable e) {
            if (again == null) {
                failed(work.event(), hook + " failed", e);
                return null;
            }
            HookAttempts attempts = new HookAttempts(this, again, hook, work);
            attempts.threw(e);
            return attempts.end().isDone() ? null : attempts.end();
        }
    }

    /** A future of our own, since those of others may be of any kind. */
    private @Nullable CompletableFuture<?> endOf(CompletionStage<?> stage, Registration hook, Work work) {
        CompletableFuture<?> end = new CompletableFuture<>();
        stage.whenComplete((done, failure) -> {
            if (failure != null && again != null) {
                HookAttempts attempts = new HookAttempts(this, again, hook, work);
                attempts.stageFailed(failure);
                attempts.end().thenRun(() -> end.complete(null));
                return;
            }
            if (failure != null) {
                report(work.event(), hook + " failed", Causes.of(failure));
            }
            end.complete(null);
        });
        if (end.isDone()) {
            return null;
        }
        Object place = new Object();
        unended.put(place, new Unended(hook, work.event()));
        end.whenComplete((done, failure) -> unended.remove(place));
        return end;
    }

    /** The asynchronous hooks that an event waits for. */
    List<String> waitedFor(ConversationsEvent event) {
        return unended.values().stream()
                .filter(each -> each.event() == event)
                .map(each -> each.hook().toString())
                .toList();
    }

    private static @Nullable CompletableFuture<?> both(
            @Nullable CompletableFuture<?> one, @Nullable CompletableFuture<?> other) {
        if (one == null) {
            return other;
        }
        return other == null ? one : CompletableFuture.allOf(one, other);
    }

    private void failed(ConversationsEvent event, String what, Throwable cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        report(event, what, cause);
    }

    void report(@Nullable ConversationsEvent event, String what, Throwable cause) {
        try {
            errorHandler.onError(new ErrorReport(what, event, cause));
        } catch (Throwable e) {
            LOG.error("the error handler failed while it was told that {}", what, e);
        }
    }

    /**
     * A hook that was called and has not ended.
     *
     * @param hook the hook
     * @param event what it was called with
     */
    private record Unended(Registration hook, ConversationsEvent event) {}

    /** One event on its way through the middleware. Confined to the thread of its lane. */
    private final class Passage {
        private final Work work;
        private final Thread thread = Thread.currentThread();
        private boolean over;
        private @Nullable CompletionStage<?> rest;

        Passage(Work work) {
            this.work = work;
        }

        void enter(int position) throws Exception {
            if (position == middleware.length) {
                rest = callHooks(work);
            } else {
                middleware[position].handle(work.event(), new Door(this, position + 1));
            }
        }
    }

    /** What one middleware was given as its next. */
    private static final class Door implements Middleware.Next {
        private final Passage passage;
        private final int position;
        private boolean used;

        Door(Passage passage, int position) {
            this.passage = passage;
            this.position = position;
        }

        @Override
        public void proceed() throws Exception {
            if (Thread.currentThread() != passage.thread || passage.over) {
                throw new IllegalStateException("next.proceed() was called outside of Middleware.handle; the order of"
                        + " events holds only inside. Use an asynchronous hook to finish work elsewhere");
            }
            if (used) {
                throw new IllegalStateException("middleware called next.proceed() twice for one event");
            }
            used = true;
            passage.enter(position);
        }
    }
}
