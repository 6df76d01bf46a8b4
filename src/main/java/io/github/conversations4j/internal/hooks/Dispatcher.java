package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.AsyncHook;
import io.github.conversations4j.ErrorHandler;
import io.github.conversations4j.Hook;
import io.github.conversations4j.Middleware;
import io.github.conversations4j.Subscription;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.InitFailed;
import io.github.conversations4j.event.Initialized;
import io.github.conversations4j.internal.hooks.Lane.Unfinished;
import io.github.conversations4j.internal.hooks.Lane.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to hooks: those of one conversation in order and one at a time, those of different conversations side
 * by side, those of the client in a lane of their own. Never calls a hook on the thread that dispatches or registers,
 * unless the executor it was given does. Thread-safe.
 *
 * <p>{@link Initialized} and {@link InitFailed} are <em>sticky</em>: a hook that is registered later is still called
 * with them, once. A client that is ready after all has not failed to start: who comes later is told of the former only.
 */
public final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Runnable NOTHING = () -> {};

    private final HookTable table = new HookTable();
    private final HookCaller caller;
    private final Lanes lanes;

    // Written in the client's lane, read by registering threads.
    private final Map<EventType<?>, ConversationsEvent> sticky = new ConcurrentHashMap<>();

    /**
     * A dispatcher without hooks.
     *
     * @param threads run the hooks; whoever made the executor shuts it down after {@link #close}
     * @param limits how many events may wait
     * @param middleware runs around the hooks of every event, in this order
     * @param errorHandler is told what hooks and middleware throw
     */
    public Dispatcher(HookThreads threads, QueueLimits limits, List<Middleware> middleware, ErrorHandler errorHandler) {
        this(threads, limits, middleware, errorHandler, null);
    }

    /**
     * A dispatcher without hooks.
     *
     * @param threads run the hooks; whoever made the executor shuts it down after {@link #close}
     * @param limits how many events may wait
     * @param middleware runs around the hooks of every event, in this order
     * @param errorHandler is told what hooks and middleware throw
     * @param retries what becomes of an event when a hook throws; null if the error handler is told and that is all
     */
    public Dispatcher(
            HookThreads threads,
            QueueLimits limits,
            List<Middleware> middleware,
            ErrorHandler errorHandler,
            @Nullable HookRetries retries) {
        this.lanes = new Lanes(threads, limits, this::perform);
        this.caller = new HookCaller(
                table,
                middleware,
                errorHandler,
                retries == null ? null : new HookAttempts.Means(retries, lanes, threads.surroundings()));
    }

    /**
     * Registers a hook.
     *
     * @param type the kind of event
     * @param conversationSid the only conversation it is for; null for all
     * @param hook the hook
     * @param <E> the event
     * @return its handle
     */
    public <E extends ConversationsEvent> Subscription register(
            EventType<E> type, @Nullable String conversationSid, Hook<? super E> hook) {
        return add(Registration.of(type, conversationSid, hook, table));
    }

    /**
     * Registers a hook that ends later.
     *
     * @param type the kind of event
     * @param conversationSid the only conversation it is for; null for all
     * @param hook the hook
     * @param <E> the event
     * @return its handle
     */
    public <E extends ConversationsEvent> Subscription registerAsync(
            EventType<E> type, @Nullable String conversationSid, AsyncHook<? super E> hook) {
        return add(Registration.ofAsync(type, conversationSid, hook, table));
    }

    private Subscription add(Registration registration) {
        table.add(registration);
        ConversationsEvent missed = sticky.get(registration.type());
        if (missed != null) {
            submitAlways(Lanes.CLIENT, new Work(missed, registration, NOTHING, true));
        }
        return registration;
    }

    /**
     * Queues an event for its hooks without running any of them, so that the order can be fixed under a lock.
     *
     * @param event the event
     * @param done runs when every hook has ended, on whichever thread ended last, unless the event is given up;
     *     null for nothing
     * @return what is to be started once no lock is held; null if there is no room
     */
    public @Nullable Queued queue(ConversationsEvent event, @Nullable Runnable done) {
        if (done == null && isForNobody(event)) {
            return Queued.RUNNING;
        }
        return lanes.queue(Lanes.keyOf(event), new Work(event, null, done == null ? NOTHING : done, false));
    }

    /**
     * Whether an event would find nobody. Where a hook runs it may be registering another one, which is to be called with
     * what comes next; so the lane is looked at first.
     */
    private boolean isForNobody(ConversationsEvent event) {
        return !lanes.isClosed() && lanes.isIdle(Lanes.keyOf(event)) && !isSticky(event.type()) && !caller.calls(event);
    }

    /**
     * Queues an event for its hooks.
     *
     * @param event the event
     * @param done runs when every hook has ended, on whichever thread ended last, unless the event is given up
     * @return whether there was room; if not, {@code done} never runs
     */
    public boolean dispatch(ConversationsEvent event, Runnable done) {
        return lanes.submit(Lanes.keyOf(event), new Work(event, null, done, false));
    }

    /**
     * Queues an event for its hooks.
     *
     * @param event the event
     * @return whether there was room
     */
    public boolean dispatch(ConversationsEvent event) {
        return dispatch(event, NOTHING);
    }

    /**
     * Queues an event of the client itself, which is rare and must not be lost, whatever waits already.
     *
     * @param event the event
     */
    public void dispatchAlways(ConversationsEvent event) {
        submitAlways(Lanes.keyOf(event), new Work(event, null, NOTHING, true));
    }

    /**
     * Says who is told when there is room again after events were refused, which is when half of what waited is done.
     *
     * @param listener called, on a thread that runs hooks, with the SID of the conversation that has room; with null if all
     *     have. Must be quick and must not throw
     */
    public void onRoom(Consumer<@Nullable String> listener) {
        lanes.onRoom(listener);
    }

    private void submitAlways(String lane, Work work) {
        if (!lanes.submit(lane, work, QueueLimits.NONE) && !lanes.isClosed()) {
            report(
                    work.event(),
                    work.event().type() + " is lost",
                    new RejectedExecutionException("the hook executor takes no work"));
        }
    }

    private @Nullable CompletionStage<?> perform(Work work) {
        ConversationsEvent event = work.event();
        if (isSticky(event.type()) && work.only() == null) {
            sticky.put(event.type(), event);
            if (event instanceof Initialized) {
                sticky.remove(EventType.INIT_FAILED);
            }
        }
        return caller.call(work);
    }

    static boolean isSticky(EventType<?> type) {
        return type == EventType.INITIALIZED || type == EventType.INIT_FAILED;
    }

    /**
     * The kinds of event that somebody listens to now.
     *
     * @return a new set
     */
    public Set<EventType<?>> listenedTo() {
        return table.types();
    }

    /**
     * How many hooks are registered.
     *
     * @return the number of active handles
     */
    public int hooks() {
        return table.size();
    }

    /**
     * How many events wait for hooks or are with them.
     *
     * @return the number now
     */
    public int pending() {
        return lanes.pending();
    }

    /**
     * Whether the calling thread is running a hook of this dispatcher.
     *
     * @return true inside a hook
     */
    public boolean isInsideHook() {
        return lanes.runsOn(Thread.currentThread());
    }

    /**
     * Reports what nobody waits for to the error handler.
     *
     * @param event the event that was being handled; null if it was none
     * @param what what failed
     * @param cause why
     */
    public void report(@Nullable ConversationsEvent event, String what, Throwable cause) {
        caller.report(event, what, cause);
    }

    /**
     * Gives up what sources told, because somebody else tells it now: no further hook is called with it, and there is no
     * room for more. A hook that runs is not interrupted. What the client tells itself goes on.
     */
    public void abandonSources() {
        lanes.abandonSources();
    }

    /**
     * Takes no more events, finishes what is queued as long as the limit allows, interrupts the rest and reports it. What
     * has not ended by then is abandoned: no hook is called with it any more, and what was to run after its hooks never
     * does. All handles are inactive afterwards. Must not be called inside a hook, which would wait for itself.
     *
     * @param limit how long to wait
     * @return whether every hook has ended
     */
    public boolean close(Duration limit) {
        boolean ended = awaitDrained(limit);
        if (!ended) {
            lanes.abandon();
        }
        table.close();
        if (!ended) {
            lanes.interrupt().forEach(rest -> reportUnfinished(rest, limit));
        }
        return ended;
    }

    private boolean awaitDrained(Duration limit) {
        try {
            lanes.close().get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            LOG.warn("close: {} events have not been handled within {} and are given up", lanes.pending(), limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError("draining does not fail", e);
        }
        return false;
    }

    private void reportUnfinished(Unfinished rest, Duration limit) {
        String hook = "a hook for " + rest.event().type();
        if (rest.stack() == null) {
            List<String> named = caller.waitedFor(rest.event());
            for (String each : named.isEmpty() ? List.of(hook) : named) {
                report(
                        rest.event(),
                        each + " is given up",
                        new TimeoutException(
                                "the stage of an asynchronous hook had not completed, or a hook that failed had"
                                        + " not been called again, within " + limit + " when the client was closed"));
            }
        } else {
            Throwable where = new TimeoutException(
                    "the hook had not ended within " + limit + " when the client was closed; it was here");
            where.setStackTrace(rest.stack());
            report(rest.event(), hook + " was interrupted", where);
        }
    }
}
