package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.emulator.faults.Call;
import io.github.conversations4j.internal.emulator.faults.CallFault;
import io.github.conversations4j.internal.emulator.faults.CallFault.Kind;
import io.github.conversations4j.internal.emulator.faults.FaultBook;
import io.github.conversations4j.internal.emulator.faults.Odds;
import io.github.conversations4j.internal.emulator.faults.PathPattern;
import io.github.conversations4j.internal.emulator.faults.Refusal;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A fault of calls to the REST API and the media service. Choose first what it is meant for and how often it strikes, then
 * what happens, which makes the fault. Immutable and thread-safe.
 */
public final class RestFaults {
    private final Faults faults;
    private final FaultBook book;
    private final @Nullable String method;
    private final @Nullable PathPattern path;
    private final Odds odds;

    RestFaults(Faults faults, FaultBook book) {
        this(faults, book, null, null, Odds.ALWAYS);
    }

    private RestFaults(Faults faults, FaultBook book, @Nullable String method, @Nullable PathPattern path, Odds odds) {
        this.faults = faults;
        this.book = book;
        this.method = method;
        this.path = path;
        this.odds = odds;
    }

    /**
     * Only calls with one method.
     *
     * @param name {@code GET}, {@code POST} or {@code DELETE}
     * @return another fault
     */
    public RestFaults method(String name) {
        return new RestFaults(faults, book, name.toUpperCase(Locale.ROOT), path, odds);
    }

    /**
     * Only calls of some paths, in their short and their long form.
     *
     * @param pattern the path below {@code /v1} or below the service, such as {@code /Conversations/*}{@code /Messages};
     *     {@code *} stands for one segment, {@code **} at the end for any number
     * @return another fault
     */
    public RestFaults path(String pattern) {
        return new RestFaults(faults, book, method, new PathPattern(pattern), odds);
    }

    /**
     * Strikes by chance; without this, always.
     *
     * @param share how many of those it is meant for, from 0 to 1
     * @return another fault
     */
    public RestFaults share(double share) {
        return new RestFaults(faults, book, method, path, odds.withShare(share));
    }

    /**
     * Strikes some times and then no more; without this, until {@link Faults#clear}.
     *
     * @param times how many times, at least once
     * @return another fault
     */
    public RestFaults next(int times) {
        return new RestFaults(faults, book, method, path, odds.withMost(times));
    }

    /**
     * They are refused with 429 and code 20429, and not carried out.
     *
     * @param retryAfter the {@code Retry-After} of the answer, in whole seconds; zero for none
     * @return all faults, to go on
     */
    public Faults tooManyRequests(Duration retryAfter) {
        return make(new CallFault(Kind.REFUSED, Refusal.of(429), retryAfter), "refused with 429");
    }

    /**
     * They are refused, and not carried out.
     *
     * @param status the HTTP status, 400 to 599
     * @return all faults, to go on
     */
    public Faults fail(int status) {
        return make(new CallFault(Kind.REFUSED, Refusal.of(status), Duration.ZERO), "refused with " + status);
    }

    /**
     * They are carried out, and answered as if they had failed.
     *
     * @param status the HTTP status, 400 to 599
     * @return all faults, to go on
     */
    public Faults failAfter(int status) {
        CallFault fault = new CallFault(Kind.FAILED, Refusal.of(status), Duration.ZERO);
        return make(fault, "carried out, then answered with " + status);
    }

    /**
     * Their connection is cut, and nothing is carried out.
     *
     * @return all faults, to go on
     */
    public Faults cutBefore() {
        return make(CallFault.of(Kind.CUT_BEFORE, Duration.ZERO), "cut before they are carried out");
    }

    /**
     * They are carried out, and their connection is cut before the answer.
     *
     * @return all faults, to go on
     */
    public Faults cutAfter() {
        return make(CallFault.of(Kind.CUT_AFTER, Duration.ZERO), "cut after they were carried out");
    }

    /**
     * They are carried out, and their connection is cut in the middle of the answer.
     *
     * @return all faults, to go on
     */
    public Faults cutAnswer() {
        return make(CallFault.of(Kind.TORN, Duration.ZERO), "cut in the middle of the answer");
    }

    /**
     * They are carried out, and answered late.
     *
     * @param by how late
     * @return all faults, to go on
     */
    public Faults slow(Duration by) {
        return make(CallFault.of(Kind.SLOW, by), "answered late by " + by);
    }

    private Faults make(CallFault fault, String what) {
        String verb = method;
        PathPattern where = path;
        Predicate<Call> aim =
                call -> (verb == null || verb.equals(call.method())) && (where == null || where.test(call.path()));
        String description = "REST calls" + (verb == null ? "" : " " + verb) + (where == null ? "" : " " + where) + " ("
                + odds + "): " + what;
        book.add(book.rest(), aim, odds, fault, description);
        return faults;
    }
}
