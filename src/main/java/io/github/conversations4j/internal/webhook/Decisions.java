package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.BeforeHook;
import io.github.conversations4j.Subscription;
import io.github.conversations4j.source.Draft;
import io.github.conversations4j.source.DraftType;
import io.github.conversations4j.source.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code before…} hooks of a client, and how they decide. Thread-safe. Hooks run on the hook executor, one after the
 * other for one question and side by side for different ones; no more than {@value #MAX_QUESTIONS} questions are open.
 *
 * <p>Once closed there is no hook any more, so that Twilio hears "go on": whoever is gone must not veto.
 */
public final class Decisions {
    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);
    private static final int MAX_QUESTIONS = 256;

    private final Executor executor;
    private final BiConsumer<String, Throwable> report;
    private final List<CopyOnWriteArrayList<Decider>> deciders = new ArrayList<>();
    private final Semaphore places = new Semaphore(MAX_QUESTIONS);

    // Raised before the hooks are dropped and read after one was added, so that none stays.
    private volatile boolean closed;

    /**
     * Nobody decides yet.
     *
     * @param executor runs hooks
     * @param report is told what hooks throw
     */
    public Decisions(Executor executor, BiConsumer<String, Throwable> report) {
        this.executor = executor;
        this.report = report;
        DraftType.all().forEach(type -> deciders.add(new CopyOnWriteArrayList<>()));
    }

    /**
     * Where nobody ever decides anything.
     *
     * @return a new object without hooks
     */
    static Decisions nobody() {
        return new Decisions(Runnable::run, (what, cause) -> LOG.error("{}", what, cause));
    }

    /**
     * Registers a hook.
     *
     * @param type the kind of question
     * @param hook decides
     * @param <D> what is asked about
     * @return its handle
     */
    // Unchecked: a hook is filed under its type and asked about drafts of that type only.
    @SuppressWarnings("unchecked")
    public <D extends Draft> Subscription register(DraftType<D> type, BeforeHook<? super D> hook) {
        Decider decider = new Decider(type, (BeforeHook<Draft>) hook);
        deciders.get(type.ordinal()).add(decider);
        if (closed) {
            decider.unsubscribe();
        }
        return decider;
    }

    /** Stops every hook. Does not wait for those that are deciding. */
    public void close() {
        closed = true;
        deciders.forEach(each -> each.forEach(Decider::unsubscribe));
    }

    boolean anyFor(DraftType<?> type) {
        return !deciders.get(type.ordinal()).isEmpty();
    }

    /**
     * The names of the pre-webhooks that somebody wants.
     *
     * @return for example {@code onMessageAdd}
     */
    public List<String> wanted() {
        return DraftType.all().stream()
                .filter(this::anyFor)
                .map(DraftType::webhook)
                .toList();
    }

    /**
     * Asks the hooks.
     *
     * @return the verdict of all together; completes with null when they did not decide, never exceptionally
     */
    CompletableFuture<@Nullable Verdict> decide(DraftType<?> type, Draft draft) {
        if (!places.tryAcquire()) {
            report.accept(
                    "before hooks: " + MAX_QUESTIONS + " questions are open, one more was left undecided",
                    new RejectedExecutionException("too many questions at once"));
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<@Nullable Verdict> decided = new CompletableFuture<>();
        decided.whenComplete((verdict, failure) -> places.release());
        try {
            executor.execute(() -> {
                try {
                    decided.complete(ask(type, draft));
                } finally {
                    decided.complete(null);
                }
            });
        } catch (RejectedExecutionException e) {
            decided.complete(null);
        } catch (Throwable e) {
            // Errors too, such as that no further thread can be made: they must not reach the server.
            report.accept("before hooks for " + type + " could not be run", e);
            decided.complete(null);
        }
        return decided;
    }

    private @Nullable Verdict ask(DraftType<?> type, Draft draft) {
        Draft seen = draft;
        Verdict all = Verdict.accept();
        for (Decider decider : deciders.get(type.ordinal())) {
            if (decider.isActive()) {
                try {
                    Verdict verdict = Objects.requireNonNull(decider.hook.decide(seen), "a verdict must not be null");
                    if (verdict.isRejected()) {
                        return verdict;
                    }
                    all = all.and(verdict);
                    seen = seen.after(verdict);
                } catch (Throwable e) {
                    report.accept("a before hook for " + type + " failed", e);
                    if (e instanceof InterruptedException) {
                        Thread.currentThread().interrupt();
                    }
                    return null;
                }
            }
        }
        return all;
    }

    /** One registered hook. */
    private final class Decider implements Subscription {
        private final DraftType<?> type;
        private final BeforeHook<Draft> hook;
        private volatile boolean active = true;

        Decider(DraftType<?> type, BeforeHook<Draft> hook) {
            this.type = type;
            this.hook = hook;
        }

        @Override
        public void unsubscribe() {
            active = false;
            deciders.get(type.ordinal()).remove(this);
        }

        @Override
        public boolean isActive() {
            return active;
        }
    }
}
