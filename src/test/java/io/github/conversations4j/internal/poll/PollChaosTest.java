package io.github.conversations4j.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.event.UserAdded;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessageChange;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.ParticipantChange;
import io.github.conversations4j.model.User;
import io.github.conversations4j.model.UserChange;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.PollTier;
import io.github.conversations4j.source.Sink.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * People write by chance, calls fail by chance, hooks have no room by chance: what the poll source tells adds up to what
 * Twilio holds, and every message that stays is told once, in order.
 */
class PollChaosTest {
    private static final int TURNS = 200;
    /** The longest period of {@link #options}, and time for repeats of calls that failed. */
    private static final Duration LATEST = Duration.ofMinutes(3);

    private static PollOptions.Builder options() {
        PollOptions.Builder options = PollOptions.builder()
                .window(100)
                .conversationsEvery(Duration.ofSeconds(4))
                .usersEvery(Duration.ofSeconds(20));
        for (PollTier tier : PollTier.values()) {
            options.messagesEvery(tier, Duration.ofSeconds(2))
                    .editsEvery(tier, Duration.ofSeconds(10))
                    .participantsEvery(tier, Duration.ofSeconds(15));
        }
        return options;
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, true", "4, true"})
    void whatItTellsAddsUp(long seed, boolean observed) {
        System.out.println("polling chaos, seed " + seed + (observed ? " with an observer" : ""));
        try (PollFixture fixture = new PollFixture(seed)) {
            PollOptions.Builder options = options();
            if (observed) {
                options.observer("observer");
            }
            fixture.twilio.seed("""
                    {"conversations": [{"unique_name": "old", "participants": [{"identity": "ann"}],
                     "messages": [{"author": "ann", "body": "from before"}]}]}""");
            fixture.time.advance(Duration.ofSeconds(2));
            Told told = new Told();
            Random chance = new Random(seed);
            fixture.sink.answer(event -> {
                if (told.refuses(chance)) {
                    return Offer.REFUSED;
                }
                told.events.add(event);
                return Offer.ACCEPTED;
            });
            fixture.started(options.build());
            fixture.faults(request -> told.fault(chance));
            People people = new People(fixture.people(), new Random(seed));

            for (int turn = 0; turn < TURNS; turn++) {
                people.doSomething();
                fixture.pass(Duration.ofMillis(200 + 200 * people.chance.nextInt(10)), Duration.ofMillis(200));
            }
            fixture.faults(request -> null);
            told.calm = true;
            fixture.pass(LATEST, Duration.ofMillis(500));

            told.requireSumOf(fixture.people());
            told.requireEveryMessageOnce();
            assertThat(fixture.mostUnderWay()).isLessThanOrEqualTo(4);
        }
    }

    /** People who do things by chance. */
    private static final class People {
        final ConversationsApi api;
        final Random chance;
        private final List<String> conversations = new ArrayList<>();
        private int made;

        People(ConversationsApi api, Random chance) {
            this.api = api;
            this.chance = chance;
        }

        void doSomething() {
            int what = chance.nextInt(100);
            if (conversations.size() < 3 || what < 3) {
                conversations.add(PollFixture.await(api.conversations()
                                .create(NewConversation.builder()
                                        .friendlyName("conversation " + ++made)
                                        .build()))
                        .sid());
            } else if (what < 5 && conversations.size() > 4) {
                PollFixture.await(
                        api.conversations().delete(conversations.remove(chance.nextInt(conversations.size()))));
            } else if (what < 60) {
                for (int i = chance.nextInt(10) == 0 ? 40 : 1; i > 0; i--) {
                    say();
                }
            } else if (what < 80) {
                changeAMessage(what < 70);
            } else if (what < 95) {
                changePeople(what);
            } else {
                String sid = oneOf(conversations);
                PollFixture.await(api.conversations()
                        .update(
                                sid,
                                ConversationChange.builder()
                                        .friendlyName("renamed " + ++made)
                                        .build()));
            }
        }

        private void say() {
            String text = "message " + ++made;
            PollFixture.await(api.messages()
                    .send(
                            oneOf(conversations),
                            NewMessage.builder().author("ann").body(text).build(),
                            text));
        }

        private void changeAMessage(boolean remove) {
            String sid = oneOf(conversations);
            // Newer ones than the window reaches back to, whatever is written until it is read again.
            List<Message> newest = PollFixture.await(
                            api.messages().list(sid, Order.DESCENDING, null, PageRequest.first(20)))
                    .items();
            if (newest.isEmpty()) {
                return;
            }
            String message = oneOf(newest).sid();
            if (remove) {
                PollFixture.await(api.messages().remove(sid, message));
            } else {
                PollFixture.await(api.messages()
                        .update(
                                sid,
                                message,
                                MessageChange.builder().body("edited " + ++made).build()));
            }
        }

        private void changePeople(int what) {
            String sid = oneOf(conversations);
            List<Participant> there = PollFixture.all(
                            100, page -> api.participants().list(sid, page))
                    .stream()
                    .filter(participant -> !"observer".equals(participant.identity()))
                    .toList();
            Attributes attributes = Attributes.of("{\"change\": " + ++made + "}");
            if (there.isEmpty() || what < 85) {
                PollFixture.await(api.participants().add(sid, NewParticipant.chat("person " + made)));
            } else if (what < 88) {
                PollFixture.await(api.participants().remove(sid, oneOf(there).sid()));
            } else if (what < 92) {
                PollFixture.await(api.participants()
                        .update(
                                sid,
                                oneOf(there).sid(),
                                ParticipantChange.builder()
                                        .attributes(attributes)
                                        .build()));
            } else {
                PollFixture.await(api.users()
                        .update(
                                oneOf(there).identity(),
                                UserChange.builder().attributes(attributes).build()));
            }
        }

        private <T> T oneOf(List<T> list) {
            return list.get(chance.nextInt(list.size()));
        }
    }

    /** What was told, added up. */
    private static final class Told {
        final ConcurrentLinkedQueue<ConversationsEvent> events = new ConcurrentLinkedQueue<>();
        volatile boolean calm;

        boolean refuses(Random chance) {
            synchronized (chance) {
                return !calm && chance.nextInt(20) == 0;
            }
        }

        PollFixture.Answer fault(Random chance) {
            synchronized (chance) {
                int what = chance.nextInt(100);
                return what < 3 ? new PollFixture.Answer(429) : what < 6 ? new PollFixture.Answer(503) : null;
            }
        }

        void requireSumOf(ConversationsApi api) {
            Map<String, ConversationSnapshot> conversations = new LinkedHashMap<>();
            Map<String, Message> messages = new HashMap<>();
            Map<String, Participant> participants = new HashMap<>();
            Map<String, User> users = new HashMap<>();
            for (ConversationsEvent event : events) {
                if (event instanceof ConversationAdded added) {
                    assertThat(conversations.put(added.conversationSid(), added.conversation()))
                            .isNull();
                } else if (event instanceof ConversationUpdated updated) {
                    assertThat(conversations.put(updated.conversationSid(), updated.conversation()))
                            .isNotNull();
                } else if (event instanceof ConversationRemoved removed) {
                    assertThat(conversations.remove(removed.conversationSid())).isNotNull();
                    messages.values()
                            .removeIf(message -> message.conversationSid().equals(removed.conversationSid()));
                    participants.values().removeIf(one -> one.conversationSid().equals(removed.conversationSid()));
                } else if (event instanceof MessageAdded added) {
                    assertThat(messages.put(added.message().sid(), added.message()))
                            .isNull();
                } else if (event instanceof MessageUpdated updated) {
                    messages.put(updated.message().sid(), updated.message());
                } else if (event instanceof MessageRemoved removed) {
                    messages.remove(removed.message().sid());
                } else if (event instanceof ParticipantJoined joined) {
                    assertThat(participants.put(joined.participant().sid(), joined.participant()))
                            .isNull();
                } else if (event instanceof ParticipantUpdated updated) {
                    participants.put(updated.participant().sid(), updated.participant());
                } else if (event instanceof ParticipantLeft left) {
                    assertThat(participants.remove(left.participant().sid())).isNotNull();
                } else if (event instanceof UserAdded added) {
                    assertThat(users.put(added.user().identity(), added.user())).isNull();
                } else if (event instanceof UserUpdated updated) {
                    users.put(updated.user().identity(), updated.user());
                }
            }
            List<ConversationSnapshot> there =
                    PollFixture.all(100, page -> api.conversations().list(page));
            assertThat(conversations.values()).containsExactlyInAnyOrderElementsOf(there);
            List<Message> allMessages = new ArrayList<>();
            List<Participant> allParticipants = new ArrayList<>();
            for (ConversationSnapshot conversation : there) {
                boolean fromBefore = "old".equals(conversation.uniqueName());
                if (!fromBefore) {
                    allMessages.addAll(PollFixture.all(
                            100, page -> api.messages().list(conversation.sid(), Order.ASCENDING, null, page)));
                    allParticipants.addAll(
                            PollFixture.all(100, page -> api.participants().list(conversation.sid(), page)));
                }
            }
            allParticipants.removeIf(participant -> "observer".equals(participant.identity()));
            assertThat(messages.values()).containsExactlyInAnyOrderElementsOf(allMessages);
            assertThat(participants.values()).containsExactlyInAnyOrderElementsOf(allParticipants);
            List<User> allUsers = PollFixture.all(50, page -> api.users().list(page));
            allUsers.removeIf(user -> "ann".equals(user.identity()));
            assertThat(users.values()).containsExactlyInAnyOrderElementsOf(allUsers);
        }

        void requireEveryMessageOnce() {
            Set<String> once = new HashSet<>();
            Map<String, Integer> last = new HashMap<>();
            for (ConversationsEvent event : events) {
                if (event instanceof MessageAdded added) {
                    assertThat(once.add(added.message().sid())).as("told once").isTrue();
                    Integer before =
                            last.put(added.conversationSid(), added.message().index());
                    assertThat(added.message().index()).as("in order").isGreaterThan(before == null ? -1 : before);
                }
            }
            assertThat(once).hasSizeGreaterThan(100);
        }
    }
}
