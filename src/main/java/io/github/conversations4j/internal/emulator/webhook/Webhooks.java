package io.github.conversations4j.internal.emulator.webhook;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.emulator.WebhookDelivery;
import io.github.conversations4j.internal.emulator.faults.FaultBook;
import io.github.conversations4j.internal.emulator.state.Cause.Origin;
import io.github.conversations4j.internal.emulator.state.Change;
import io.github.conversations4j.internal.emulator.state.ChangeListener;
import io.github.conversations4j.internal.emulator.state.Gate;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.internal.emulator.state.Verdict;
import io.github.conversations4j.internal.threads.Workers;
import io.github.conversations4j.internal.wire.TwilioSignature;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Sends the webhooks of an emulator: asks before something happens, tells afterwards, and keeps a log of both.
 * Thread-safe.
 *
 * <p>What is told about one conversation goes to one receiver in order, one call at a time, unless a fault was asked for;
 * nothing else is ordered. Twilio promises not even that. Nothing is sent twice: no retry of v1 webhooks is documented.
 *
 * <p>REST writes ask nobody before, whatever their header says: the pages speak of the header for post-webhooks only.
 */
public final class Webhooks implements ChangeListener, Gate, AutoCloseable {
    private static final int THREADS = 64;

    private final Twilio twilio;
    private final WebhookEvents events;
    private final WebhookTargets targets;
    private final WebhookSender sender;
    private final DeliveryLog log = new DeliveryLog();
    private final Workers executor = Workers.create("conversations4j-emulator-webhook", THREADS);
    private final Outbox outbox;

    /**
     * Starts to watch an account.
     *
     * @param twilio the account
     * @param authToken signs
     * @param scheduler ends the time for which a fault holds webhooks back
     * @param random where idempotency tokens come from
     * @param faults what goes wrong on request
     * @param limit how long a receiver may take
     */
    public Webhooks(
            Twilio twilio,
            String authToken,
            Scheduler scheduler,
            RandomGenerator random,
            FaultBook faults,
            Duration limit) {
        this.twilio = twilio;
        this.events = new WebhookEvents(twilio.accountSid());
        this.targets = new WebhookTargets(twilio);
        this.sender = new WebhookSender(new TwilioSignature(List.of(authToken)), random, limit);
        this.outbox = new Outbox(sender, log, faults.webhooks(), scheduler, executor);
        twilio.listen(this);
        twilio.gate(this);
    }

    /**
     * Adds a receiver that is told everything and asked about everything, besides those that are configured.
     *
     * @param url where it is called
     */
    public void attach(String url) {
        targets.attach(url);
    }

    /**
     * Removes a receiver.
     *
     * @param url where it was called
     */
    public void detach(String url) {
        targets.detach(url);
    }

    @Override
    public void onChange(Change change) {
        for (WebhookEvent event : events.after(change)) {
            if (!change.stamp().cause().webhooks()) {
                log.add(WebhookCall.notSent(event, "not sent: the REST call did not ask for webhooks"));
                continue;
            }
            List<WebhookTarget> told = targets.after(event);
            if (told.isEmpty()) {
                log.add(WebhookCall.notSent(event, "not sent: nobody is configured for it"));
            }
            told.forEach(target -> outbox.put(event, target));
        }
    }

    @Override
    public Verdict consider(Change proposal) {
        if (proposal.stamp().cause().origin() == Origin.API
                || proposal.stamp().cause().origin() == Origin.TIMER
                || !targets.mayAsk(proposal.stamp())) {
            return Verdict.ACCEPTED;
        }
        WebhookEvent event = events.before(proposal);
        Verdict verdict = Verdict.ACCEPTED;
        if (event != null) {
            for (WebhookTarget target : targets.before(event)) {
                WebhookDelivery delivery = sender.send(sender.call(event, target, null));
                log.add(delivery);
                verdict = Answers.combine(verdict, Answers.read(event.name(), delivery));
                if (!verdict.accepted()) {
                    return verdict;
                }
            }
        }
        return verdict;
    }

    /**
     * What was sent, and what was not.
     *
     * @return the last deliveries, oldest first
     */
    public List<WebhookDelivery> log() {
        return log.all();
    }

    /** Forgets the log. */
    public void clearLog() {
        log.clear();
    }

    /**
     * Waits until everything was told that is to be told now.
     *
     * @param limit how long at most
     * @return whether it was
     */
    public boolean await(Duration limit) {
        try {
            // What another thread did may still be on its way from there.
            Duration left = twilio.await(limit);
            return left != null && outbox.await(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends; what is being sent may be lost. */
    @Override
    public void close() {
        outbox.close();
        executor.close(Duration.ZERO);
        sender.close();
    }
}
