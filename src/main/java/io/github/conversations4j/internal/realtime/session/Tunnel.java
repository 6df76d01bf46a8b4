package io.github.conversations4j.internal.realtime.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.Scheduler;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.wire.Packet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends HTTP requests as packets and finds the answers to them, which come in any order. Confined to the
 * {@link Exclusive} of its session; futures are completed outside of it.
 *
 * <p>Each request is answered, whatever becomes of the connection:
 * <ul>
 *   <li><b>waiting</b>: not sent yet, because there is no connection or too many others are on their way. Fails when it
 *       has waited too long; nothing was sent then.
 *   <li><b>on its way</b>: sent, not answered. If the connection is lost a repeatable request waits again, ahead of the
 *       others, and any other fails with an outcome that is unknown. The same when the answer takes too long.
 * </ul>
 */
final class Tunnel {
    private final SessionSettings settings;
    private final SessionContext context;

    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private final Map<String, Exchange> onTheirWay = new LinkedHashMap<>();

    /** Takes packets; null while there is no connection. */
    private @Nullable Road road;

    /** Why requests are refused; null while they are not. */
    private @Nullable Function<String, ConversationsException> refusal;

    private Scheduler.@Nullable Cancellable sweep;
    private Instant sweepAt = Instant.MAX;

    /** Sends a packet; false if that was not possible. */
    interface Road {
        boolean send(Packet packet);
    }

    Tunnel(SessionSettings settings, SessionContext context) {
        this.settings = settings;
        this.context = context;
    }

    void submit(Exchange exchange) {
        String action = exchange.request.describe();
        if (refusal != null) {
            fail(exchange, refusal.apply(action));
        } else if (waiting.size() >= settings.maxWaiting()) {
            fail(
                    exchange,
                    new ConversationsException(action + ": " + waiting.size()
                            + " requests are waiting to be sent already. Nothing was sent"));
        } else {
            waitFrom(context.steadyNow(), exchange);
            waiting.add(exchange);
            transmit();
        }
    }

    private void waitFrom(Instant now, Exchange exchange) {
        exchange.deadline = now.plus(settings.waitLimit());
        expireAt(exchange.deadline);
    }

    /** There is a connection: what waits is sent on it. */
    void open(Road newRoad) {
        refusal = null;
        road = newRoad;
        transmit();
    }

    /** The connection is lost. */
    void cutOff(@Nullable Throwable cause) {
        road = null;
        List<Exchange> lost = new ArrayList<>(onTheirWay.values());
        onTheirWay.clear();
        for (int i = lost.size() - 1; i >= 0; i--) {
            Exchange exchange = lost.get(i);
            if (exchange.request.repeatable()) {
                waitFrom(context.steadyNow(), exchange);
                waiting.addFirst(exchange);
            } else {
                fail(exchange, exchange.cutOff(cause));
            }
        }
    }

    /** There will be no connection: everything fails, now and until {@link #open} or {@link #await}. */
    void refuse(Function<String, ConversationsException> why) {
        cutOff(null);
        refusal = why;
        waiting.forEach(exchange -> fail(exchange, why.apply(exchange.request.describe())));
        waiting.clear();
        if (sweep != null) {
            sweep.cancel();
            sweep = null;
        }
    }

    /** There may be a connection again: requests wait for it. */
    void await() {
        refusal = null;
    }

    /**
     * Takes an answer.
     *
     * @return false if it answers no request that is on its way
     */
    boolean answer(Packet reply, JsonNode body) {
        Exchange exchange = onTheirWay.remove(reply.id());
        if (exchange == null) {
            return false;
        }
        Status tunnel = Status.of(reply.header().path("status"));
        Status service = Status.of(reply.header().path("http_status"));
        Status status = tunnel.isSuccess() && service.code() != 0 ? service : tunnel;
        TunnelResponse response = new TunnelResponse(
                status.code(), status.description() == null ? status.name() : status.description(), body);
        context.exclusive().after(() -> exchange.answer.complete(response));
        transmit();
        return true;
    }

    private void transmit() {
        while (road != null && !waiting.isEmpty() && onTheirWay.size() < settings.maxInFlight()) {
            Exchange exchange = waiting.remove();
            String id = context.newId("TM");
            if (!road.send(Packets.message(id, exchange.request))) {
                waiting.addFirst(exchange);
                return;
            }
            exchange.deadline = context.steadyNow().plus(settings.answerLimit());
            expireAt(exchange.deadline);
            onTheirWay.put(id, exchange);
        }
    }

    private void fail(Exchange exchange, ConversationsException failure) {
        context.exclusive().after(() -> exchange.answer.completeExceptionally(failure));
    }

    // One timer for all: it is set for the earliest deadline, and looks at every request when it goes off.

    private void expireAt(Instant deadline) {
        if (sweep != null && !deadline.isBefore(sweepAt)) {
            return;
        }
        if (sweep != null) {
            sweep.cancel();
        }
        sweepAt = deadline;
        sweep = context.later(Duration.between(context.steadyNow(), deadline), this::expire);
    }

    private void expire() {
        sweep = null;
        Instant now = context.steadyNow();
        giveUp(waiting, now, exchange -> fail(exchange, exchange.notSent(settings.waitLimit())));
        giveUp(onTheirWay.values(), now, exchange -> fail(exchange, exchange.unanswered(settings.answerLimit())));
        earliest().ifPresent(this::expireAt);
        transmit();
    }

    private Optional<Instant> earliest() {
        return Stream.concat(waiting.stream(), onTheirWay.values().stream())
                .map(exchange -> exchange.deadline)
                .min(Instant::compareTo);
    }

    private static void giveUp(Collection<Exchange> exchanges, Instant now, Consumer<Exchange> how) {
        for (Iterator<Exchange> each = exchanges.iterator(); each.hasNext(); ) {
            Exchange exchange = each.next();
            if (!exchange.deadline.isAfter(now)) {
                each.remove();
                how.accept(exchange);
            }
        }
    }
}
