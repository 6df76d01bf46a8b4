package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.api.Refusals;
import io.github.conversations4j.internal.json.MalformedResourceException;
import io.github.conversations4j.internal.realtime.session.Timers;
import io.github.conversations4j.internal.realtime.session.TunnelRequest;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.model.User;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a client up once its session is connected for the first time: the configuration is read, then the own user and the
 * own conversations are followed. Tries until it works. Confined to the session's lock; the stages may be used by anybody.
 *
 * <p>The client is ready when the own user is there and it is known of each of the conversations where its messages end,
 * so that every message from then on is told as news. One request for each conversation is all that this takes; they go
 * ahead of all others. A conversation that cannot be opened holds it up for a limited time, and what is news in it is read
 * later.
 */
final class Startup implements MyConversations.Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), 0.2);

    private final String configurationUrl;
    private final Surroundings surroundings;
    private final Consumer<Throwable> notReadable;
    private final Timers timers;
    private final CompletableFuture<Account> account = new CompletableFuture<>();
    private final CompletableFuture<User> ready = new CompletableFuture<>();
    private final CompletableFuture<User> up = new CompletableFuture<>();
    private final Set<Waiter> waiting = new LinkedHashSet<>();
    private boolean begun;
    private @Nullable Account running;

    /** The own user; null until it was read. */
    private @Nullable User user;

    private boolean allRead;
    private boolean isUp;

    /** Nothing is begun any more, whatever still comes; requests that end after this fail and would be tried again. */
    private boolean stopped;

    /** Why nobody needs to wait; null while it is worth it. */
    private @Nullable Throwable hopeless;

    /**
     * A start that has not begun.
     *
     * @param notReadable hears why something cannot be read, for now
     */
    Startup(String configurationUrl, Surroundings surroundings, Consumer<Throwable> notReadable) {
        this.configurationUrl = configurationUrl;
        this.surroundings = surroundings;
        this.notReadable = notReadable;
        this.timers = new Timers(surroundings.context());
    }

    /** What is known and followed once the configuration was read. */
    CompletableFuture<Account> account() {
        return account;
    }

    /** The same, for somebody who does not want to wait longer than it makes sense. */
    CompletableFuture<Account> accountWithin(String action, Duration limit) {
        if (running != null) {
            return CompletableFuture.completedFuture(running);
        }
        if (hopeless != null) {
            return CompletableFuture.failedFuture(hopeless);
        }
        Waiter waiter = new Waiter(new CompletableFuture<>());
        waiting.add(waiter);
        timers.later(limit, () -> {
            if (waiting.remove(waiter)) {
                CallTimeoutException why = new CallTimeoutException(
                        action + ": the client was not connected for " + limit.toSeconds() + " s. Nothing was sent",
                        null);
                surroundings.context().exclusive().after(() -> waiter.account.completeExceptionally(why));
            }
        });
        return waiter.account;
    }

    private void wakeAll(Consumer<CompletableFuture<Account>> how) {
        List<CompletableFuture<Account>> all =
                waiting.stream().map(waiter -> waiter.account).toList();
        waiting.clear();
        surroundings.context().exclusive().after(() -> all.forEach(how));
    }

    /** Completes when everything from now on is told; fails when the service refuses to let that be, though it is asked again. */
    CompletableFuture<User> ready() {
        return ready;
    }

    /** The same, however often the service refused before: fails with {@link #stop} only. */
    CompletableFuture<User> up() {
        return up;
    }

    /** The same as {@link #account()} if it is there already; null if not. */
    @Nullable
    Account running() {
        return running;
    }

    /** There is a connection. */
    void connected() {
        if (stopped) {
            return;
        }
        hopeless = null;
        if (!begun) {
            begun = true;
            readConfiguration(PAUSES);
        }
    }

    void stop(ConversationsException why) {
        stopped = true;
        timers.stop();
        if (running != null) {
            running.stop();
        }
        fail(why);
        surroundings.context().exclusive().after(() -> {
            account.completeExceptionally(why);
            up.completeExceptionally(why);
        });
    }

    /** Nobody waits any longer, at least until there is a connection. */
    void fail(Throwable why) {
        hopeless = why;
        wakeAll(waiter -> waiter.completeExceptionally(why));
        surroundings.context().exclusive().after(() -> ready.completeExceptionally(why));
    }

    private void readConfiguration(Backoff pauses) {
        surroundings
                .requests()
                .send("read the configuration", TunnelRequest.get(configurationUrl))
                .thenApply(AccountConfiguration::of)
                .whenComplete((configuration, failure) ->
                        surroundings.context().exclusive().run(() -> configured(configuration, failure, pauses)));
    }

    private void configured(@Nullable AccountConfiguration configuration, @Nullable Throwable failure, Backoff pauses) {
        if (stopped) {
            return;
        }
        if (configuration == null) {
            again(failure, pauses);
            return;
        }
        Account started = new Account(configuration, surroundings, this);
        running = started;
        wakeAll(waiter -> waiter.complete(started));
        surroundings.context().exclusive().after(() -> account.complete(started));
        LiveUser me = started.users().own();
        me.whenRead(own -> userRead(started, own));
        me.opened().exceptionally(why -> {
            ready.completeExceptionally(why);
            return null;
        });
    }

    private void userRead(Account started, User own) {
        if (stopped) {
            return;
        }
        user = own;
        if (allRead) {
            isReady(started, own);
        } else {
            timers.later(PATIENCE, () -> isReady(started, own));
        }
    }

    @Override
    public void allRead() {
        allRead = true;
        if (running != null && user != null) {
            isReady(running, user);
        }
    }

    private void isReady(Account started, User own) {
        if (!isUp && !stopped) {
            isUp = true;
            timers.stop();
            started.conversations().ready();
            surroundings.context().exclusive().after(() -> {
                ready.complete(own);
                up.complete(own);
            });
        }
    }

    @Override
    public void notReadable(@Nullable Throwable why) {
        notReadable.accept(Failures.unwrap(why));
    }

    private void again(@Nullable Throwable failure, Backoff pauses) {
        Throwable why = Failures.unwrap(failure);
        if (isRefusal(why)) {
            surroundings.context().exclusive().after(() -> ready.completeExceptionally(why));
        }
        notReadable(why);
        Backoff.Step step = pauses.next(surroundings.context().random());
        timers.later(step.delay(), () -> readConfiguration(step.then()));
    }

    /** Whether it will most likely come to the same the next time, unless somebody does something about it. */
    private static boolean isRefusal(@Nullable Throwable why) {
        if (why instanceof TwilioApiException said) {
            return said.error().status() < 500 && !Refusals.isRateLimit(said.error());
        }
        return why instanceof MalformedResourceException;
    }

    /** Somebody who waits, told from others by who it is: futures have no equality of their own. */
    private static final class Waiter {
        private final CompletableFuture<Account> account;

        Waiter(CompletableFuture<Account> account) {
            this.account = account;
        }
    }
}
