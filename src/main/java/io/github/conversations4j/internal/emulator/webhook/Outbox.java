package io.github.conversations4j.internal.emulator.webhook;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.internal.emulator.faults.FaultRules;
import io.github.conversations4j.internal.emulator.faults.Notice;
import io.github.conversations4j.internal.emulator.faults.WebhookFault;
import io.github.conversations4j.internal.emulator.faults.WebhookFault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Webhooks on their way. What is told about one conversation to one receiver stands in line: in order, one call at a time;
 * unless a fault takes it out. Thread-safe.
 *
 * <p>A webhook is <em>in line</em>; or <em>held</em>, until the next one of its line was sent or its time is over, and
 * then in line again; or <em>late</em>, outside every line, until its time is over.
 */
final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final WebhookSender sender;
    private final DeliveryLog log;
    private final FaultRules<Notice, WebhookFault> faults;
    private final Scheduler scheduler;
    private final Executor executor;

    /** The last call of each line that has not ended. */
    private final ConcurrentHashMap<String, CompletableFuture<Void>> tails = new ConcurrentHashMap<>();

    /** What is held, by its line. */
    private final ConcurrentHashMap<String, Waiting> held = new ConcurrentHashMap<>();

    /** What is held or late, until it was sent. */
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

    Outbox(
            WebhookSender sender,
            DeliveryLog log,
            FaultRules<Notice, WebhookFault> faults,
            Scheduler scheduler,
            Executor executor) {
        this.sender = sender;
        this.log = log;
        this.faults = faults;
        this.scheduler = scheduler;
        this.executor = executor;
    }

    /** Something outside its line. Its timer is set once, before anybody else sees it in a state where it matters. */
    private static final class Waiting {
        final WebhookCall call;
        final CompletableFuture<Void> sent = new CompletableFuture<>();
        volatile Cancellable timer = () -> {};

        Waiting(WebhookCall call) {
            this.call = call;
        }
    }

    /** Sends a webhook, or does to it what a fault wants. Returns at once. */
    void put(WebhookEvent event, WebhookTarget target) {
        WebhookFault fault = faults.none() ? null : faults.strike(new Notice(event.name(), event.conversationSid()));
        WebhookCall call = sender.call(event, target, fault);
        String line = target.url() + ' ' + event.conversationSid();
        if (fault == null) {
            append(line, call);
            overtaken(line);
            return;
        }
        switch (fault.kind()) {
            case DROPPED -> log.add(call.unanswered("not sent: " + Kind.DROPPED.words(), Duration.ZERO));
            case DELAYED -> delay(call, fault.by());
            case REORDERED -> hold(line, call, fault.by());
            case DOUBLED -> {
                append(line, call);
                append(line, call);
                overtaken(line);
            }
        }
    }

    private CompletableFuture<Void> append(String line, WebhookCall call) {
        CompletableFuture<Void> tail = tails.compute(line, (same, before) -> {
            CompletableFuture<Void> start = before == null ? CompletableFuture.completedFuture(null) : before;
            return start.thenRunAsync(() -> tell(call), executor);
        });
        tail.whenComplete((done, failure) -> tails.remove(line, tail));
        return tail;
    }

    private void tell(WebhookCall call) {
        try {
            log.add(sender.send(call));
        } catch (RuntimeException e) {
            LOG.error("The emulator failed to send {}", call.event().name(), e);
        }
    }

    private void delay(WebhookCall call, Duration by) {
        Waiting late = new Waiting(call);
        waiting.add(late);
        late.timer = scheduler.schedule(() -> ends(late, CompletableFuture.runAsync(() -> tell(call), executor)), by);
    }

    private void ends(Waiting entry, CompletableFuture<Void> sending) {
        sending.whenComplete((done, failure) -> {
            waiting.remove(entry);
            entry.sent.complete(null);
        });
    }

    /** Holds a webhook back; if one of its line is held already, that one is overtaken by this. */
    private void hold(String line, WebhookCall call, Duration atMost) {
        Waiting entry = new Waiting(call);
        if (held.putIfAbsent(line, entry) != null) {
            append(line, call);
            overtaken(line);
            return;
        }
        waiting.add(entry);
        entry.timer = scheduler.schedule(() -> release(line, entry), atMost);
    }

    private void overtaken(String line) {
        Waiting entry = held.get(line);
        if (entry != null) {
            release(line, entry);
        }
    }

    private void release(String line, Waiting entry) {
        if (held.remove(line, entry)) {
            entry.timer.cancel();
            ends(entry, append(line, entry.call));
        }
    }

    /** Waits until everything was sent that is on its way now. */
    boolean await(Duration limit) {
        List<CompletableFuture<Void>> open = Stream.concat(
                        tails.values().stream(), waiting.stream().map(entry -> entry.sent))
                .toList();
        try {
            CompletableFuture.allOf(open.toArray(CompletableFuture<?>[]::new))
                    .get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("sending does not fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Forgets what is held or late. */
    @Override
    public void close() {
        held.clear();
        waiting.forEach(entry -> {
            entry.timer.cancel();
            entry.sent.complete(null);
        });
        waiting.clear();
    }
}
