package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.emulator.faults.FaultBook;
import io.github.conversations4j.internal.emulator.realtime.Sockets;
import java.util.List;

/**
 * What goes wrong in an emulator because a test asks for it; nothing, unless asked. A fault says what it is meant for, how
 * often it strikes, and what happens:
 *
 * <pre>{@code
 * twilio.faults()
 *         .webhooks().of("onMessageAdded").share(0.2).drop()
 *         .rest().method("POST").path("/Conversations/**").next(1).cutAfter()
 *         .sockets().identity("alice").dropNow();
 * }</pre>
 *
 * <p>What a fault is meant for may be struck by several: they are asked in the order in which they were made, and the
 * first that strikes decides. A share is drawn from a generator of the fault's own, which {@link #seed} makes: with the
 * same seed and the same faults, the same ones of what they meet are struck. The seed is logged with every fault that
 * needs one. All waiting goes by the emulator's scheduler.
 *
 * <p>Thread-safe.
 */
public final class Faults {
    private final FaultBook book;
    private final Sockets sockets;

    Faults(FaultBook book, Sockets sockets) {
        this.book = book;
        this.sockets = sockets;
    }

    /**
     * Begins a fault of the webhooks that tell what happened.
     *
     * @return a fault that is meant for all of them
     */
    public WebhookFaults webhooks() {
        return new WebhookFaults(this, book);
    }

    /**
     * Begins a fault of calls to the REST API and the media service.
     *
     * @return a fault that is meant for all of them
     */
    public RestFaults rest() {
        return new RestFaults(this, book);
    }

    /**
     * Begins a fault of the sockets of client SDKs.
     *
     * @return a fault that is meant for all of them
     */
    public SocketFaults sockets() {
        return new SocketFaults(this, book, sockets);
    }

    /**
     * Begins a fault of the indexes of messages.
     *
     * @return a fault that is meant for all conversations
     */
    public IndexFaults indexes() {
        return new IndexFaults(this, book);
    }

    /**
     * Ends all faults. What is held back at the moment keeps its time. Faults that are made afterwards draw from the
     * start of the seed again.
     *
     * @return this
     */
    public Faults clear() {
        book.clear();
        return this;
    }

    /**
     * Gives what chance follows, to repeat a run.
     *
     * @return the seed: that of {@link #seed(long)}, or of the emulator's options, or one made up
     */
    public long seed() {
        return book.seed();
    }

    /**
     * Lets chance follow another seed. Ends all faults.
     *
     * @param value the seed
     * @return this
     */
    public Faults seed(long value) {
        book.reseed(value);
        return this;
    }

    /**
     * Says what the faults did so far, so that a test can be sure that there was something to survive.
     *
     * @return one entry for each fault since the last {@link #clear}, in the order in which they were made
     */
    public List<Report> reports() {
        return book.reports().stream()
                .map(report -> new Report(report.description(), report.met(), report.struck()))
                .toList();
    }

    /**
     * What a fault did so far. Immutable.
     *
     * @param description what it is meant for, how often it strikes, and what happens
     * @param met how often it met what it is meant for, until it had struck as often as it may
     * @param struck how often it struck
     */
    public record Report(String description, long met, long struck) {}

    @Override
    public String toString() {
        return "Faults[seed " + seed() + ", " + reports() + "]";
    }
}
