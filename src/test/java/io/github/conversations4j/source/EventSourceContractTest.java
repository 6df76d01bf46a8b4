package io.github.conversations4j.source;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.time.SystemScheduler;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every event source owes its client. A subclass says how to make one and how to let somebody say something in one
 * and the same conversation, so that the source can see it.
 */
public abstract class EventSourceContractTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    protected final RecordingSink sink = new RecordingSink();
    private final SystemScheduler scheduler = new SystemScheduler("conversations4j-contract");
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "conversations4j-contract-io");
        thread.setDaemon(true);
        return thread;
    });
    private EventSource source;
    private SourceConnection connection;

    /** The settings of the source. */
    protected abstract EventSource source();

    /** Connects the source as a client would. */
    protected abstract SourceConnection connect(EventSource source, SourceContext context);

    /**
     * Lets somebody say something, and returns when the other side has stored it and, if it is the one that calls, has
     * been answered. An {@link IOException} means that nobody is there to be called.
     */
    protected abstract void someoneSays(String text) throws Exception;

    /** Makes what the source needs, before it is connected. */
    protected void begin() {}

    /** Takes down what the source needed, after it was closed. */
    protected void end() throws Exception {}

    @BeforeEach
    void connect() throws Exception {
        begin();
        source = source();
        connection = connect(
                source, new SourceContext(sink, Clock.systemUTC(), scheduler, new SplittableRandom(1), threads));
        connection.ready().toCompletableFuture().get(10, SECONDS);
    }

    @AfterEach
    void closeAll() throws Exception {
        closed();
        end();
        scheduler.close();
        threads.shutdown();
        assertThat(threads.awaitTermination(10, SECONDS)).isTrue();
    }

    private void closed() throws Exception {
        connection.close(LIMIT).toCompletableFuture().get(10, SECONDS);
    }

    @Test
    void statesWhatItCanFire() {
        assertThat(source.name()).matches("[a-z][a-z0-9+-]*");
        assertThat(source.events())
                .contains(EventType.MESSAGE_ADDED)
                .doesNotContain(EventType.INITIALIZED, EventType.INIT_FAILED);
    }

    @Test
    void isReadyOnce() {
        CompletableFuture<Void> ready = connection.ready().toCompletableFuture();

        assertThat(ready).isCompleted();
        assertThat(connection.ready()).isSameAs(connection.ready());
    }

    @Test
    void offersWhatHappens() throws Exception {
        someoneSays("hello");

        MessageAdded event = sink.next(MessageAdded.class);
        assertThat(event.message().body()).isEqualTo("hello");
        assertThat(event.meta().id())
                .isEqualTo("messageAdded:" + event.message().sid());
        assertThat(event.meta().source()).isEqualTo(source.name());
    }

    @Test
    void offersMessagesOfAConversationInOrder() throws Exception {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            said.add("message " + i);
            someoneSays("message " + i);
        }

        List<MessageAdded> heard = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            heard.add(sink.next(MessageAdded.class));
        }
        assertThat(heard).extracting(event -> event.message().body()).isEqualTo(said);
        assertThat(heard).extracting(event -> event.message().index()).isSorted();
    }

    @Test
    void offersOnlyWhatItStates() throws Exception {
        someoneSays("hello");
        sink.next(MessageAdded.class);
        closed();

        assertThat(sink.drain()).allSatisfy(event -> assertThat(source.events()).contains(event.type()));
    }

    @Test
    void aRefusedEventIsOfferedAgainOrItsConversationIsMarked() throws Exception {
        sink.answer(event -> event instanceof MessageAdded ? Sink.Offer.REFUSED : Sink.Offer.ACCEPTED);
        someoneSays("no room");
        MessageAdded refused = sink.next(MessageAdded.class);
        sink.answer(Sink.Offer.ACCEPTED);

        if (!sink.drainIncomplete().contains(refused.conversationSid())) {
            assertThat(sink.next(MessageAdded.class).meta().id())
                    .isEqualTo(refused.meta().id());
        }
    }

    @Test
    void aSinkThatThrowsDoesNotEndIt() throws Exception {
        sink.answer(event -> {
            throw new IllegalStateException("planted failure");
        });
        someoneSays("first");
        sink.next(MessageAdded.class);
        sink.answer(Sink.Offer.ACCEPTED);

        someoneSays("second");

        MessageAdded next;
        do {
            next = sink.next(MessageAdded.class);
        } while (!"second".equals(next.message().body()));
    }

    @Test
    void offersNothingOnceItIsClosed() throws Exception {
        closed();
        sink.drain();
        try {
            someoneSays("too late");
        } catch (IOException expected) {
            // There may be nobody left to hear it.
        }

        assertThat(sink.drain()).isEmpty();
    }

    @Test
    void mayBeClosedTwice() throws Exception {
        closed();
        closed();

        assertThat(connection.ready().toCompletableFuture()).isCompleted();
    }
}
