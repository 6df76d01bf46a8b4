package io.github.conversations4j.internal.emulator.faults;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.internal.emulator.http.Answer;
import io.github.conversations4j.internal.emulator.http.Answer.Fate;
import io.github.conversations4j.internal.emulator.http.Incoming;
import io.github.conversations4j.internal.emulator.http.Route;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a part of the emulator and lets go wrong what was asked for. A late answer keeps the thread of its
 * connection until the scheduler says that it is time. Thread-safe.
 */
public final class FaultyRoute implements Route, AutoCloseable {
    private final Route inner;
    private final FaultRules<Call, CallFault> rules;
    private final Function<Refusal, Answer> refusals;
    private final Scheduler scheduler;

    /** The answers that are held back. */
    private final Set<CountDownLatch> held = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /**
     * Stands before a part.
     *
     * @param inner the part
     * @param rules what goes wrong
     * @param refusals writes a refusal as the part would
     * @param scheduler ends the waiting of late answers
     */
    public FaultyRoute(
            Route inner, FaultRules<Call, CallFault> rules, Function<Refusal, Answer> refusals, Scheduler scheduler) {
        this.inner = inner;
        this.rules = rules;
        this.refusals = refusals;
        this.scheduler = scheduler;
    }

    @Override
    public @Nullable Answer answer(Incoming request) {
        CallFault fault = rules.none() ? null : rules.strike(new Call(null, request.method(), request.path()));
        if (fault == null) {
            return inner.answer(request);
        }
        return switch (fault.kind()) {
            case REFUSED -> refusal(fault);
            case CUT_BEFORE -> refusal(fault).meeting(Fate.CUT);
            case FAILED -> inner.answer(request) == null ? null : refusal(fault);
            case CUT_AFTER -> meeting(inner.answer(request), Fate.CUT);
            case TORN -> meeting(inner.answer(request), Fate.TORN);
            case SLOW -> late(inner.answer(request), fault.by());
        };
    }

    private Answer refusal(CallFault fault) {
        Answer answer = refusals.apply(fault.refusal());
        return fault.by().isZero()
                ? answer
                : answer.with("Retry-After", Long.toString(fault.by().toSeconds()));
    }

    private static @Nullable Answer meeting(@Nullable Answer answer, Fate fate) {
        // What has no body cannot be torn.
        return answer == null ? null : answer.meeting(answer.body().length == 0 ? Fate.CUT : fate);
    }

    private @Nullable Answer late(@Nullable Answer answer, Duration by) {
        CountDownLatch over = new CountDownLatch(1);
        held.add(over);
        Cancellable timer = scheduler.schedule(over::countDown, by);
        try {
            if (!closed) {
                over.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            timer.cancel();
            held.remove(over);
        }
        return answer;
    }

    /** Lets all late answers go at once, so that their connections can end. */
    @Override
    public void close() {
        closed = true;
        held.forEach(CountDownLatch::countDown);
    }
}
