package io.github.conversations4j.internal.emulator.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All faults of one emulator, and the seed that their chance follows: each rule draws from a generator of its own, which
 * the seed and the number of the rule make. Thread-safe.
 */
public final class FaultBook {
    private static final Logger LOG = LoggerFactory.getLogger(FaultBook.class);

    private final FaultRules<Notice, WebhookFault> webhooks = new FaultRules<>();
    private final FaultRules<Call, CallFault> rest = new FaultRules<>();
    private final FaultRules<Call, CallFault> tunnel = new FaultRules<>();
    private final FaultRules<String, Refusal> arrivals = new FaultRules<>();
    private final FaultRules<String, Integer> gaps = new FaultRules<>();

    // Guarded by this.
    private final List<FaultRule<?, ?>> all = new ArrayList<>();
    private long seed;

    /**
     * Begins without faults.
     *
     * @param seed what chance follows
     */
    public FaultBook(long seed) {
        this.seed = seed;
    }

    /**
     * What happens to webhooks after an event.
     *
     * @return the rules
     */
    public FaultRules<Notice, WebhookFault> webhooks() {
        return webhooks;
    }

    /**
     * What happens to calls of the REST API and the media service.
     *
     * @return the rules
     */
    public FaultRules<Call, CallFault> rest() {
        return rest;
    }

    /**
     * What happens to requests in the tunnel of a socket.
     *
     * @return the rules
     */
    public FaultRules<Call, CallFault> tunnel() {
        return tunnel;
    }

    /**
     * What happens to those who want in at the socket, by identity.
     *
     * @return the rules
     */
    public FaultRules<String, Refusal> arrivals() {
        return arrivals;
    }

    /**
     * How many indexes are skipped after a message, by conversation.
     *
     * @return the rules
     */
    public FaultRules<String, Integer> gaps() {
        return gaps;
    }

    /**
     * Adds a rule.
     *
     * @param rules where it belongs
     * @param aim what it is meant for
     * @param odds how often it strikes
     * @param effect what happens then
     * @param description all that in words
     * @param <S> what it meets
     * @param <F> what happens
     */
    public synchronized <S, F> void add(
            FaultRules<S, F> rules, Predicate<S> aim, Odds odds, F effect, String description) {
        if (odds.share() < 1) {
            LOG.info("Fault of the emulator: {}; chance follows the seed {}", description, seed);
        }
        FaultRule<S, F> rule = new FaultRule<>(description, aim, odds, effect, chance());
        all.add(rule);
        rules.add(rule);
    }

    private RandomGenerator chance() {
        return new SplittableRandom(seed + all.size());
    }

    /** Ends all faults. What is made afterwards draws from the start of the seed again. */
    public synchronized void clear() {
        all.clear();
        webhooks.clear();
        rest.clear();
        tunnel.clear();
        arrivals.clear();
        gaps.clear();
    }

    /**
     * Says what the rules did so far.
     *
     * @return a report of each rule, in the order in which they were made
     */
    public synchronized List<FaultReport> reports() {
        return all.stream().<FaultReport>map(FaultRule::report).toList();
    }

    /**
     * What chance follows.
     *
     * @return the seed
     */
    public synchronized long seed() {
        return seed;
    }

    /**
     * Ends all faults, and lets chance follow another seed.
     *
     * @param other the seed
     */
    public synchronized void reseed(long other) {
        clear();
        seed = other;
    }
}
