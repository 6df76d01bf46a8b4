package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three people talk while their sockets break at random moments: each of them hears every message, once and in order. */
class SocketDropsTest {
    private static final List<String> PEOPLE = List.of("alice", "bob", "carol");
    private static final int MESSAGES_EACH = 1_667;
    private static final int DROPS = 50;
    private static final int UNDER_WAY = 20;
    private static final String LAST = "and that was all";

    /** Tells whoever waits that something has changed. */
    private static final class Bell {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition rung = lock.newCondition();

        void ring() {
            lock.lock();
            rung.signalAll();
            lock.unlock();
        }

        void await(String what, BooleanSupplier condition) throws InterruptedException {
            long left = TimeUnit.SECONDS.toNanos(3L * Patience.SECONDS);
            lock.lock();
            try {
                while (!condition.getAsBoolean()) {
                    assertThat(left).as(what).isPositive();
                    left = rung.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** One of the three, with a client of their own. */
    private static final class Person implements AutoCloseable {
        final String identity;
        final AtomicInteger sent = new AtomicInteger();
        final AtomicInteger connects = new AtomicInteger();
        private final Bell bell;
        private final Semaphore window = new Semaphore(UNDER_WAY);
        final Queue<String> heard = new ConcurrentLinkedQueue<>();
        volatile String last = "";
        private final ConversationsClient client;

        Person(String identity, ConversationsEmulator twilio, Bell bell) {
            this.identity = identity;
            this.bell = bell;
            this.client = ConversationsClient.start(
                    twilio.participantOptions(identity)
                            .reconnectDelays(Duration.ofMillis(10), Duration.ofMillis(50))
                            .build(),
                    this::listen);
        }

        private void listen(ConversationsClient wired) {
            wired.onMessageAdded(event -> hear(event.message()));
            wired.onConnectionStateChanged(event -> {
                if (event.state() == ConnectionState.CONNECTED) {
                    connects.incrementAndGet();
                    bell.ring();
                }
            });
        }

        private void hear(Message message) {
            heard.add(line(message));
            last = message.body();
            bell.ring();
        }

        Thread talk(String conversation) {
            Thread thread = new Thread(
                    () -> {
                        Conversation chat = client.conversation(conversation);
                        for (int i = 0; i < MESSAGES_EACH; i++) {
                            window.acquireUninterruptibly();
                            see(chat.sendMessage(identity + " " + i));
                            sent.incrementAndGet();
                            bell.ring();
                        }
                        window.acquireUninterruptibly(UNDER_WAY);
                    },
                    "talks-" + identity);
            thread.setDaemon(true);
            thread.start();
            return thread;
        }

        /** Sends again what was cut off on its way. */
        private void see(PendingMessage letter) {
            letter.sent().whenComplete((message, failure) -> {
                if (failure == null) {
                    window.release();
                } else {
                    see(letter.resend());
                }
            });
        }

        @Override
        public void close() {
            client.close(Duration.ofSeconds(10));
        }
    }

    private static String line(Message message) {
        return message.index() + " " + message.sid() + " " + message.body();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 20_261_123)
    void everybodyHearsEverythingOnceAndInOrder(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Bell bell = new Bell();
        try (ConversationsEmulator twilio = ConversationsEmulator.start()) {
            List<SimulatedParticipant> members = PEOPLE.stream()
                    .map(identity -> twilio.user(identity).in("general").joins())
                    .toList();
            String chat = members.get(0).conversationSid();
            try (Person alice = new Person("alice", twilio, bell);
                    Person bob = new Person("bob", twilio, bell);
                    Person carol = new Person("carol", twilio, bell)) {
                List<Person> people = List.of(alice, bob, carol);
                people.forEach(person -> person.client.ready().await());

                twilio.faults().seed(seed).sockets().method("POST").share(0.005).cutAfter();
                List<Thread> talkers =
                        people.stream().map(person -> person.talk(chat)).toList();
                drop(twilio, people, bell, random);
                for (Thread talker : talkers) {
                    talker.join(TimeUnit.MINUTES.toMillis(2));
                    assertThat(talker.isAlive()).as("%s goes on", talker).isFalse();
                }
                members.get(0).says(LAST);
                bell.await(
                        "everybody hears the end", () -> people.stream().allMatch(person -> person.last.equals(LAST)));

                List<String> stored = stored(twilio, chat);
                List<String> said = PEOPLE.stream()
                        .flatMap(identity -> IntStream.range(0, MESSAGES_EACH).mapToObj(i -> identity + " " + i))
                        .collect(Collectors.toCollection(ArrayList::new));
                said.add(LAST);
                for (Person person : people) {
                    assertThat(person.heard).as(person.identity).containsExactlyElementsOf(stored);
                }
                assertThat(stored.stream().map(line -> line.split(" ", 3)[2]))
                        .containsExactlyInAnyOrderElementsOf(said);
                assertThat(people.stream()
                                .mapToInt(person -> person.connects.get())
                                .sum())
                        .as("connections")
                        .isGreaterThanOrEqualTo(DROPS + people.size());
            }
        }
    }

    /** Breaks sockets, of one person or of all, when some messages more were sent. */
    private static void drop(ConversationsEmulator twilio, List<Person> people, Bell bell, SplittableRandom random)
            throws InterruptedException {
        int[] moments = random.ints(DROPS, 0, MESSAGES_EACH * people.size() * 95 / 100)
                .sorted()
                .toArray();
        for (int moment : moments) {
            bell.await(
                    "message " + moment,
                    () -> people.stream().mapToInt(person -> person.sent.get()).sum() >= moment);
            int whom = random.nextInt(people.size() + 1);
            List<Person> hit = whom == people.size() ? people : people.subList(whom, whom + 1);
            int[] before =
                    hit.stream().mapToInt(person -> person.connects.get()).toArray();
            hit.forEach(person ->
                    twilio.faults().sockets().identity(person.identity).dropNow());
            bell.await(
                    "they connect again",
                    () -> Stream.iterate(0, i -> i < hit.size(), i -> i + 1)
                            .allMatch(i -> hit.get(i).connects.get() > before[i]));
        }
    }

    private static List<String> stored(ConversationsEmulator twilio, String chat) {
        try (ConversationsClient backend =
                ConversationsClient.start(twilio.backendOptions().build())) {
            return backend.conversation(chat).messages().oldest(100).await().stream()
                    .map(SocketDropsTest::line)
                    .toList();
        }
    }
}
