package io.github.conversations4j.source;

import io.github.conversations4j.event.ConversationsEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A sink that keeps what it is offered. Thread-safe. */
public final class RecordingSink implements Sink {
    private final LinkedBlockingQueue<ConversationsEvent> offered = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> incomplete = new LinkedBlockingQueue<>();
    private volatile Function<ConversationsEvent, Offer> answer = event -> Offer.ACCEPTED;

    /** Decides what becomes of events from now on. */
    public void answer(Function<ConversationsEvent, Offer> decision) {
        this.answer = decision;
    }

    /** Answers all events from now on alike. */
    public void answer(Offer offer) {
        answer(event -> offer);
    }

    @Override
    public Offer offer(ConversationsEvent event) {
        try {
            return answer.apply(event);
        } finally {
            // Afterwards: who sees the event may change the answer, to the next one.
            offered.add(event);
        }
    }

    @Override
    public void markIncomplete(String conversationSid) {
        incomplete.add(conversationSid);
    }

    /** What was offered since the last look, without waiting. */
    public List<ConversationsEvent> drain() {
        List<ConversationsEvent> all = new ArrayList<>();
        offered.drainTo(all);
        return all;
    }

    /** Which conversations were marked since the last look. */
    public List<String> drainIncomplete() {
        List<String> all = new ArrayList<>();
        incomplete.drainTo(all);
        return all;
    }

    /** Waits for the next offered event of a kind; others are passed over. */
    public <E extends ConversationsEvent> E next(Class<E> kind) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            ConversationsEvent event = offered.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new AssertionError("no " + kind.getSimpleName() + " was offered within 10 s");
            }
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }
}
