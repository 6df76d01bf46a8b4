package io.github.conversations4j.internal.emulator.channels;

import io.github.conversations4j.model.DeliveryStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One address at a messaging channel: what arrived there and how far messages get. Thread-safe; reports are made outside
 * its lock.
 *
 * <p>A message is reported as <em>sent</em> at once. Then it goes as far as the line lets it: it waits while the phone is
 * off, ends in a failure, or is <em>delivered</em> and, if its owner reads at once, <em>read</em>.
 */
public final class Line {
    private static final int KEPT = 10_000;

    private final String address;

    // Guarded by this.
    private final List<Incoming> inbox = new ArrayList<>();
    private final List<Incoming> waiting = new ArrayList<>();
    private DeliveryStatus reach = DeliveryStatus.DELIVERED;
    private int errorCode;

    Line(String address) {
        this.address = address;
    }

    /**
     * A message on its way to a phone.
     *
     * @param serviceSid the service of the conversation
     * @param conversationSid where it was written
     * @param messageSid the message
     * @param participantSid the phone as a participant
     * @param from the Twilio address it comes from; empty if the participant has none
     * @param body its text; empty if it has none
     */
    public record Incoming(
            String serviceSid,
            String conversationSid,
            String messageSid,
            String participantSid,
            String from,
            String body) {}

    /**
     * The address.
     *
     * @return as conversations know it, for example {@code whatsapp:+15550001}
     */
    public String address() {
        return address;
    }

    /**
     * What was delivered, oldest first; the last {@value #KEPT}.
     *
     * @return a copy
     */
    public synchronized List<Incoming> inbox() {
        return List.copyOf(inbox);
    }

    /** Takes a message and says how far it gets, as errorCode 0 or a reason. */
    void take(Incoming message, Reporter reporter) {
        reporter.report(message, DeliveryStatus.SENT, 0);
        DeliveryStatus end;
        int code;
        synchronized (this) {
            end = reach;
            code = errorCode;
            if (end == DeliveryStatus.SENT) {
                waiting.add(message);
            }
        }
        deliver(message, end, code, reporter);
    }

    private void deliver(Incoming message, DeliveryStatus end, int code, Reporter reporter) {
        switch (end) {
            case DELIVERED, READ -> {
                keep(message);
                reporter.report(message, DeliveryStatus.DELIVERED, 0);
                if (end == DeliveryStatus.READ) {
                    reporter.report(message, DeliveryStatus.READ, 0);
                }
            }
            case FAILED, UNDELIVERED -> reporter.report(message, end, code);
            default -> {
                // sent is as far as it gets while the phone is off
            }
        }
    }

    private synchronized void keep(Incoming message) {
        if (inbox.size() == KEPT) {
            inbox.remove(0);
        }
        inbox.add(message);
    }

    /**
     * Says how far messages get from now on. What waited for a phone that is on again arrives first.
     *
     * @param end the last step
     * @param code why it fails, 0 if it does not
     * @param reporter is told of what arrives
     */
    public void reaches(DeliveryStatus end, int code, Reporter reporter) {
        List<Incoming> late;
        synchronized (this) {
            reach = end;
            errorCode = code;
            late = end == DeliveryStatus.SENT ? List.of() : List.copyOf(waiting);
            waiting.removeAll(late);
        }
        late.forEach(message -> deliver(message, end, code, reporter));
    }

    /**
     * Reads everything that arrived.
     *
     * @param reporter is told; what was read before changes nothing
     */
    public void readAll(Consumer<Incoming> reporter) {
        inbox().forEach(reporter);
    }

    /** Tells the conversation how far a message got. */
    @FunctionalInterface
    public interface Reporter {
        /**
         * Tells it.
         *
         * @param message the message
         * @param status the step
         * @param errorCode why it failed, 0 if it did not
         */
        void report(Incoming message, DeliveryStatus status, int errorCode);
    }
}
