package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.emulator.faults.Call;
import io.github.conversations4j.internal.emulator.faults.CallFault;
import io.github.conversations4j.internal.emulator.faults.CallFault.Kind;
import io.github.conversations4j.internal.emulator.faults.FaultBook;
import io.github.conversations4j.internal.emulator.faults.Odds;
import io.github.conversations4j.internal.emulator.faults.Refusal;
import io.github.conversations4j.internal.emulator.realtime.Sockets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the sockets of client SDKs: who comes in, and the requests in their tunnels. Choose first what it is meant
 * for and how often it strikes, then what happens, which makes the fault. {@link #dropNow} and {@link #offloadNow} are
 * done at once and make no fault. Immutable and thread-safe.
 */
public final class SocketFaults {
    private final Faults faults;
    private final FaultBook book;
    private final Sockets sockets;
    private final @Nullable String identity;
    private final @Nullable String method;
    private final Odds odds;

    SocketFaults(Faults faults, FaultBook book, Sockets sockets) {
        this(faults, book, sockets, null, null, Odds.ALWAYS);
    }

    private SocketFaults(
            Faults faults,
            FaultBook book,
            Sockets sockets,
            @Nullable String identity,
            @Nullable String method,
            Odds odds) {
        this.faults = faults;
        this.book = book;
        this.sockets = sockets;
        this.identity = identity;
        this.method = method;
        this.odds = odds;
    }

    /**
     * Only the sockets of one identity.
     *
     * @param who the identity
     * @return another fault
     */
    public SocketFaults identity(String who) {
        return new SocketFaults(faults, book, sockets, who, method, odds);
    }

    /**
     * Only requests with one method; it does not matter for other faults than those of requests.
     *
     * @param name {@code GET}, {@code POST} or {@code DELETE}
     * @return another fault
     */
    public SocketFaults method(String name) {
        return new SocketFaults(faults, book, sockets, identity, name.toUpperCase(Locale.ROOT), odds);
    }

    /**
     * Strikes by chance; without this, always.
     *
     * @param share how many of those it is meant for, from 0 to 1
     * @return another fault
     */
    public SocketFaults share(double share) {
        return new SocketFaults(faults, book, sockets, identity, method, odds.withShare(share));
    }

    /**
     * Strikes some times and then no more; without this, until {@link Faults#clear}.
     *
     * @param times how many times, at least once
     * @return another fault
     */
    public SocketFaults next(int times) {
        return new SocketFaults(faults, book, sockets, identity, method, odds.withMost(times));
    }

    /**
     * Those who connect with a good token are refused.
     *
     * @param status the status of the answer, such as 401 or 429
     * @param code Twilio's code, such as 20101 or 51202
     * @return all faults, to go on
     */
    public Faults refuseInit(int status, int code) {
        Predicate<String> aim = identity == null ? any -> true : identity::equals;
        String description = describe("arrivals", "refused with " + status + "/" + code);
        book.add(book.arrivals(), aim, odds, new Refusal(status, code), description);
        return faults;
    }

    /**
     * Requests are refused, and not carried out.
     *
     * @param status the HTTP status, 400 to 599
     * @return all faults, to go on
     */
    public Faults fail(int status) {
        return make(new CallFault(Kind.REFUSED, Refusal.of(status), Duration.ZERO), "refused with " + status);
    }

    /**
     * Requests are carried out, and answered as if they had failed.
     *
     * @param status the HTTP status, 400 to 599
     * @return all faults, to go on
     */
    public Faults failAfter(int status) {
        CallFault fault = new CallFault(Kind.FAILED, Refusal.of(status), Duration.ZERO);
        return make(fault, "carried out, then answered with " + status);
    }

    /**
     * The socket is cut by a request, which is not carried out.
     *
     * @return all faults, to go on
     */
    public Faults cutBefore() {
        return make(CallFault.of(Kind.CUT_BEFORE, Duration.ZERO), "cut before they are carried out");
    }

    /**
     * Requests are carried out, and the socket is cut before the answer.
     *
     * @return all faults, to go on
     */
    public Faults cutAfter() {
        return make(CallFault.of(Kind.CUT_AFTER, Duration.ZERO), "cut after they were carried out");
    }

    /**
     * Requests are carried out, and answered late. Others are answered meanwhile.
     *
     * @param by how late
     * @return all faults, to go on
     */
    public Faults slow(Duration by) {
        return make(CallFault.of(Kind.SLOW, by), "answered late by " + by);
    }

    /**
     * Cuts the sockets that are there, without a word, as a network does. Odds do not count.
     *
     * @return all faults, to go on
     */
    public Faults dropNow() {
        sockets.drop(this::meant);
        return faults;
    }

    /**
     * Sends away those who are there, to connect again. Odds do not count.
     *
     * @param reconnectAfter how long they are told to wait at least; zero to tell nothing
     * @return all faults, to go on
     */
    public Faults offloadNow(Duration reconnectAfter) {
        sockets.offload(this::meant, reconnectAfter.isZero() ? null : reconnectAfter);
        return faults;
    }

    private boolean meant(String who) {
        return identity == null || identity.equals(who);
    }

    private Faults make(CallFault fault, String what) {
        String verb = method;
        Predicate<Call> aim = call ->
                call.identity() != null && meant(call.identity()) && (verb == null || verb.equals(call.method()));
        book.add(book.tunnel(), aim, odds, fault, describe("requests" + (verb == null ? "" : " " + verb), what));
        return faults;
    }

    private String describe(String which, String what) {
        return "socket " + which + (identity == null ? "" : " of " + identity) + " (" + odds + "): " + what;
    }
}
