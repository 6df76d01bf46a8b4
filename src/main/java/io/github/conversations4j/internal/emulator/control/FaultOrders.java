package io.github.conversations4j.internal.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.emulator.Faults;
import io.github.conversations4j.emulator.IndexFaults;
import io.github.conversations4j.emulator.RestFaults;
import io.github.conversations4j.emulator.SocketFaults;
import io.github.conversations4j.emulator.WebhookFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Orders faults as JSON: {@code {"on": "rest", "method": "POST", "path": "/Conversations/**", "next": 2, "fault": "fail",
 * "status": 503}}. Names are those of {@link Faults} in snake case. Immutable and thread-safe.
 */
public final class FaultOrders {
    private static final Set<String> OF_WEBHOOKS =
            Set.of("on", "fault", "share", "next", "events", "conversation", "ms");
    private static final Set<String> OF_REST =
            Set.of("on", "fault", "share", "next", "method", "path", "status", "ms", "retry_after");
    private static final Set<String> OF_SOCKETS =
            Set.of("on", "fault", "share", "next", "method", "identity", "status", "code", "ms");
    private static final Set<String> OF_INDEXES = Set.of("on", "fault", "share", "next", "conversation", "numbers");

    private final Faults faults;

    /**
     * Makes the routes.
     *
     * @param faults where faults are made
     */
    public FaultOrders(Faults faults) {
        this.faults = faults;
    }

    /**
     * Shows the seed, and what the faults did so far.
     *
     * @param call is not looked at
     * @return what there is
     */
    public JsonNode show(Control.Call call) {
        ObjectNode answer = Control.object().put("seed", faults.seed());
        ArrayNode list = answer.putArray("faults");
        for (Faults.Report report : faults.reports()) {
            list.addObject()
                    .put("description", report.description())
                    .put("met", report.met())
                    .put("struck", report.struck());
        }
        return answer;
    }

    /**
     * Ends all faults.
     *
     * @param call is not looked at
     * @return nothing
     */
    public @Nullable JsonNode clear(Control.Call call) {
        faults.clear();
        return null;
    }

    /**
     * Makes one fault, or sets the seed: {@code {"seed": 42}}.
     *
     * @param call its body says what
     * @return what there is now
     */
    public JsonNode order(Control.Call call) {
        JsonNode body = call.body();
        if (Texts.has(body, "seed")) {
            Texts.onlyKnown(body, Set.of("seed"));
            faults.seed(Texts.number(body, "seed"));
            return show(call);
        }
        String on = Texts.required(body, "on");
        switch (on) {
            case "webhooks" -> webhooks(body);
            case "rest" -> rest(body);
            case "sockets" -> sockets(body);
            case "indexes" -> indexes(body);
            default ->
                throw new IllegalArgumentException("on: must be one of webhooks, rest, sockets, indexes, was " + on);
        }
        return show(call);
    }

    private void webhooks(JsonNode body) {
        Texts.onlyKnown(body, OF_WEBHOOKS);
        WebhookFaults fault = faults.webhooks();
        if (Texts.has(body, "events")) {
            fault = fault.of(events(body.path("events")));
        }
        String conversation = Texts.optional(body, "conversation");
        fault = conversation == null ? fault : fault.in(conversation);
        fault = Texts.has(body, "share") ? fault.share(Texts.share(body, "share")) : fault;
        fault = Texts.has(body, "next") ? fault.next(Texts.small(body, "next")) : fault;
        String what = Texts.required(body, "fault");
        switch (what) {
            case "drop" -> fault.drop();
            case "duplicate" -> fault.duplicate();
            case "delay" -> fault.delay(time(body));
            case "reorder" -> fault.reorder(time(body));
            default -> throw unknown(what, "drop, duplicate, delay, reorder");
        }
    }

    private void rest(JsonNode body) {
        Texts.onlyKnown(body, OF_REST);
        RestFaults fault = faults.rest();
        String method = Texts.optional(body, "method");
        fault = method == null ? fault : fault.method(method);
        String path = Texts.optional(body, "path");
        fault = path == null ? fault : fault.path(path);
        fault = Texts.has(body, "share") ? fault.share(Texts.share(body, "share")) : fault;
        fault = Texts.has(body, "next") ? fault.next(Texts.small(body, "next")) : fault;
        String what = Texts.required(body, "fault");
        switch (what) {
            case "too_many_requests" -> fault.tooManyRequests(retryAfter(body));
            case "fail" -> fault.fail(Texts.small(body, "status"));
            case "fail_after" -> fault.failAfter(Texts.small(body, "status"));
            case "cut_before" -> fault.cutBefore();
            case "cut_after" -> fault.cutAfter();
            case "cut_answer" -> fault.cutAnswer();
            case "slow" -> fault.slow(time(body));
            default ->
                throw unknown(what, "too_many_requests, fail, fail_after, cut_before, cut_after, cut_answer, slow");
        }
    }

    private void sockets(JsonNode body) {
        Texts.onlyKnown(body, OF_SOCKETS);
        SocketFaults fault = faults.sockets();
        String identity = Texts.optional(body, "identity");
        fault = identity == null ? fault : fault.identity(identity);
        String method = Texts.optional(body, "method");
        fault = method == null ? fault : fault.method(method);
        fault = Texts.has(body, "share") ? fault.share(Texts.share(body, "share")) : fault;
        fault = Texts.has(body, "next") ? fault.next(Texts.small(body, "next")) : fault;
        String what = Texts.required(body, "fault");
        switch (what) {
            case "refuse_init" -> fault.refuseInit(Texts.small(body, "status"), Texts.small(body, "code"));
            case "fail" -> fault.fail(Texts.small(body, "status"));
            case "fail_after" -> fault.failAfter(Texts.small(body, "status"));
            case "cut_before" -> fault.cutBefore();
            case "cut_after" -> fault.cutAfter();
            case "slow" -> fault.slow(time(body));
            case "drop_now" -> fault.dropNow();
            case "offload_now" -> fault.offloadNow(Texts.has(body, "ms") ? time(body) : Duration.ZERO);
            default ->
                throw unknown(
                        what, "refuse_init, fail, fail_after, cut_before, cut_after, slow, drop_now, offload_now");
        }
    }

    private void indexes(JsonNode body) {
        Texts.onlyKnown(body, OF_INDEXES);
        IndexFaults fault = faults.indexes();
        String conversation = Texts.optional(body, "conversation");
        fault = conversation == null ? fault : fault.in(conversation);
        fault = Texts.has(body, "share") ? fault.share(Texts.share(body, "share")) : fault;
        fault = Texts.has(body, "next") ? fault.next(Texts.small(body, "next")) : fault;
        String what = Texts.required(body, "fault");
        if (!what.equals("skip")) {
            throw unknown(what, "skip");
        }
        fault.skip(Texts.small(body, "numbers"));
    }

    private static String[] events(JsonNode list) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : list) {
            if (!name.isTextual()) {
                throw new IllegalArgumentException("events: must be a list of texts");
            }
            names.add(name.textValue());
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("events: must hold at least one");
        }
        return names.toArray(String[]::new);
    }

    private static Duration time(JsonNode body) {
        return Duration.ofMillis(Texts.notNegative(body, "ms"));
    }

    private static Duration retryAfter(JsonNode body) {
        return Texts.has(body, "retry_after")
                ? Duration.ofSeconds(Texts.notNegative(body, "retry_after"))
                : Duration.ZERO;
    }

    private static IllegalArgumentException unknown(String what, String known) {
        return new IllegalArgumentException("fault: must be one of " + known + ", was " + what);
    }
}
