package io.github.conversations4j.internal.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.exception.ApiException;
import com.twilio.rest.conversations.v1.Conversation;
import com.twilio.rest.conversations.v1.conversation.Message;
import io.github.conversations4j.internal.emulator.state.Change.OfMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many writers to one conversation at a time. */
class RestConcurrencyTest {
    private static final int WRITERS = 8;
    private static final int EACH = 50;

    private final TwilioJavaBench bench = new TwilioJavaBench();
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

    @AfterEach
    void stop() throws InterruptedException {
        writers.shutdownNow();
        assertThat(writers.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        bench.close();
    }

    private void atOnce(Callable<?> work) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            all.add(writers.submit(work));
        }
        for (Future<?> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void everyMessageIsStoredOnceAndNoIndexIsMissing() throws Exception {
        List<Long> told = new ArrayList<>();
        AtomicBoolean telling = new AtomicBoolean();
        bench.rest.twilio.listen(change -> {
            assertThat(telling.getAndSet(true)).as("one change at a time").isFalse();
            if (change instanceof OfMessage message) {
                told.add(message.message().index());
            }
            telling.set(false);
        });
        String room = Conversation.creator().create(bench.client).getSid();
        Set<String> sent = ConcurrentHashMap.newKeySet();
        atOnce(() -> {
            for (int number = 0; number < EACH; number++) {
                String text = Thread.currentThread().getName() + " " + number;
                sent.add(text);
                Message.creator(room).setBody(text).create(bench.client);
            }
            return null;
        });

        List<Integer> indexes = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        Message.reader(room).pageSize(100).read(bench.client).forEach(message -> {
            indexes.add(message.getIndex());
            texts.add(message.getBody());
        });
        assertThat(indexes).isEqualTo(IntStream.range(0, WRITERS * EACH).boxed().toList());
        assertThat(texts).doesNotHaveDuplicates();
        assertThat(new HashSet<>(texts)).isEqualTo(sent);
        assertThat(told).isEqualTo(indexes.stream().map(Integer::longValue).toList());
    }

    @Test
    void onlyOneOfThoseWhoWantANameGetsIt() throws Exception {
        Set<Integer> codes = ConcurrentHashMap.newKeySet();
        List<String> made = new CopyOnWriteArrayList<>();
        atOnce(() -> {
            try {
                made.add(Conversation.creator()
                        .setUniqueName("wanted")
                        .create(bench.client)
                        .getSid());
            } catch (ApiException e) {
                codes.add(e.getCode());
            }
            return null;
        });
        assertThat(made).hasSize(1);
        assertThat(codes).containsExactly(50353);
    }
}
