package io.github.conversations4j.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventsMissed;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.internal.delivery.Reconciler.Reason;
import io.github.conversations4j.internal.hooks.QueueLimits;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.source.Sink.Offer;
import io.github.conversations4j.tests.HandDriven;
import io.github.conversations4j.tests.SampleEvents;
import io.github.conversations4j.tests.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Webhooks that are lost, doubled and late, messages that are removed, indexes that are skipped, a Twilio that does not
 * always answer and hooks that do not always have room: what is there in the end was delivered exactly once and, but for
 * what came late and says so, in order.
 */
class NothingLostTest {
    private static final int CONVERSATIONS = 4;
    private static final int STEPS = 400;

    static LongStream seeds() {
        return Seeds.of(40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everything_that_twilio_holds_is_delivered_once_and_in_order(long seed) {
        System.out.println("NothingLostTest: seed " + seed);
        World world = new World(seed, QueueLimits.DEFAULT, 0.05);
        world.live();
        world.settle();
        world.check(true);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void slow_hooks_and_little_room_lose_nothing(long seed) {
        System.out.println("NothingLostTest, little room: seed " + seed);
        World world = new World(seed, new QueueLimits(20, 6), 0.3);
        world.live();
        world.settle();
        world.check(false);
    }

    /** A Twilio, its webhooks, and hooks that are called now and then. */
    private static final class World {
        private final Random random;
        private final HandDriven executor = new HandDriven();
        private final DeliveryFixture fixture;
        private final StoredMessages twilio = new StoredMessages();
        private final Set<String> removed = new HashSet<>();
        private final List<Message> written = new ArrayList<>();
        private final Map<String, Integer> toldTo = new HashMap<>();

        World(long seed, QueueLimits limits, double trouble) {
            random = new Random(seed);
            fixture = new DeliveryFixture(executor, limits);
            fixture.recoverWith(twilio);
            for (int conversation = 0; conversation < CONVERSATIONS; conversation++) {
                fixture.offer(DeliveryFixture.added(
                        DeliveryFixture.WEBHOOK,
                        ConversationSnapshot.builder(SampleEvents.conversation(conversation))
                                .build()));
            }
            twilio.failing(() -> random.nextDouble() < trouble);
        }

        private boolean chance(double probability) {
            return random.nextDouble() < probability;
        }

        void live() {
            for (int step = 0; step < STEPS; step++) {
                int conversation = random.nextInt(CONVERSATIONS);
                if (chance(0.1) && !written.isEmpty()) {
                    Message gone = written.get(random.nextInt(written.size()));
                    if (removed.add(gone.sid())) {
                        twilio.remove(gone);
                        send(new MessageRemoved(DeliveryFixture.meta(DeliveryFixture.WEBHOOK), gone), gone);
                    }
                } else {
                    Message message = twilio.add(conversation, chance(0.05) ? 1 + random.nextInt(3) : 0);
                    written.add(message);
                    send(new MessageAdded(DeliveryFixture.meta(DeliveryFixture.WEBHOOK), message), message);
                }
                if (chance(0.3)) {
                    executor.runAll();
                }
                fixture.time.advance(Duration.ofMillis(random.nextInt(100)));
            }
        }

        /** Lost 30 %, doubled 20 %, the rest up to two seconds late. */
        private void send(ConversationsEvent event, Message message) {
            if (chance(0.3)) {
                return;
            }
            int copies = chance(0.2) ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                fixture.time.schedule(
                        () -> {
                            toldTo.merge(message.conversationSid(), message.index(), Math::max);
                            assertThat(fixture.offer(event)).isNotEqualTo(Offer.CLOSED);
                        },
                        Duration.ofMillis(chance(0.5) ? 0 : random.nextInt(2_000)));
            }
        }

        void settle() {
            for (int round = 0; round < 100; round++) {
                executor.runAll();
                fixture.time.advance(Duration.ofSeconds(2));
            }
            for (int conversation = 0; conversation < CONVERSATIONS; conversation++) {
                fixture.delivery.reconciliation().request(SampleEvents.conversation(conversation), Reason.INCOMPLETE);
            }
            for (int round = 0; round < 400; round++) {
                fixture.time.advance(Duration.ofSeconds(2));
                executor.runAll();
            }
        }

        void check(boolean strictlyInOrder) {
            Map<String, Integer> last = new HashMap<>();
            Set<String> delivered = new HashSet<>();
            for (ConversationsEvent event : fixture.delivered) {
                if (event instanceof MessageAdded added) {
                    Message message = added.message();
                    assertThat(delivered.add(message.sid())).as("once").isTrue();
                    int before = last.getOrDefault(message.conversationSid(), -1);
                    if (message.index() < before) {
                        assertThat(added.meta().recovered()).as("late").isTrue();
                        // What was gone when it was asked for may still come.
                        assertThat(strictlyInOrder && !removed.contains(message.sid()))
                                .as("index %s after %s", message.index(), before)
                                .isFalse();
                    }
                    last.put(message.conversationSid(), Math.max(before, message.index()));
                }
            }
            for (Message message : written) {
                if (!removed.contains(message.sid())) {
                    assertThat(delivered.contains(message.sid()))
                            .as("index %s of %s is there and was delivered", message.index(), message.conversationSid())
                            .isTrue();
                } else if (!delivered.contains(message.sid()) && canBeKnown(message)) {
                    assertThat(fixture.delivered.stream().anyMatch(event -> tells(event, message)))
                            .as("index %s of %s was removed and is told", message.index(), message.conversationSid())
                            .isTrue();
                }
            }
            assertThat(fixture.delivery.incomplete()).isEmpty();
            assertThat(fixture.time.pending()).as("timers").isZero();
        }

        /** Not where no webhook told of it and nothing comes after it. */
        private boolean canBeKnown(Message message) {
            int stored = twilio.in(message.conversationSid()).isEmpty()
                    ? -1
                    : twilio.in(message.conversationSid()).lastKey();
            return message.index() <= Math.max(stored, toldTo.getOrDefault(message.conversationSid(), -1));
        }

        private static boolean tells(ConversationsEvent event, Message missing) {
            return event instanceof EventsMissed missed
                    && missed.conversationSid().equals(missing.conversationSid())
                    && missed.firstIndex() != null
                    && missed.lastIndex() != null
                    && missed.firstIndex() <= missing.index()
                    && missing.index() <= missed.lastIndex();
        }
    }
}
