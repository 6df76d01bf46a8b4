package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.model.NotificationLevel;
import io.github.conversations4j.model.Unread;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.CallCounter;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chat list that is followed, on both kinds of client. */
class LiveChatListTest {
    private static final List<String> PEOPLE = List.of("bob", "carl", "dora");
    private static final List<String> CHATS = List.of("one", "two", "three", "four");

    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final CallCounter calls = new CallCounter();
    private final List<String> reported = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        twilio.close();
        calls.close();
    }

    private ConversationsClient backend() {
        return start(twilio.backendOptions().sweepEvery(Duration.ZERO).httpClient(calls.client()));
    }

    private ConversationsClient participant() {
        return start(twilio.participantOptions("alice"));
    }

    private ConversationsClient start(ClientOptions.Builder options) {
        ConversationsClient client =
                ConversationsClient.start(options.errorHandler(report -> reported.add(report.what()))
                        .chats(ChatOptions.builder()
                                .profiles(LiveChatListTest::capitals)
                                .recountAfter(Duration.ofMillis(20))
                                .build())
                        .build());
        client.ready().await();
        return client;
    }

    private static Map<String, Profile> capitals(Set<String> ids) {
        Map<String, Profile> profiles = new HashMap<>();
        ids.forEach(id -> profiles.put(id, new Profile(id.toUpperCase(Locale.ROOT), null)));
        return profiles;
    }

    private static Person alice(ConversationsClient client) {
        return client.isParticipant() ? client.me() : client.as("alice");
    }

    private static ChatRow until(LiveChatList list, String name, Predicate<ChatRow> condition) {
        AtomicReference<ChatRow> found = new AtomicReference<>();
        BooleanSupplier came = () -> list.snapshot().rows().stream()
                .filter(row -> name.equals(row.name()) && condition.test(row))
                .peek(found::set)
                .findAny()
                .isPresent();
        Patience.until(came);
        return found.get();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_shows_what_happens(boolean onBackend) {
        SimulatedParticipant alice = twilio.user("alice").in("one").joins();
        SimulatedParticipant bob = twilio.user("bob").in("one").says("first");
        alice.readsAll();
        try (ConversationsClient client = onBackend ? backend() : participant();
                LiveChatList list = alice(client).followChatList().await()) {
            until(list, "one", one -> one.unread().equals(Unread.of(0)));

            bob.says("second");
            ChatRow row = until(list, "one", one -> one.unread().equals(Unread.of(1)));
            assertThat(row.lastMessage()).isNotNull();
            assertThat(row.lastMessage().body()).isEqualTo("second");
            assertThat(row.lastMessage().author()).isEqualTo(new ChatPerson("bob", "BOB", null, true));

            bob.edits(bob.lastMessageSid(), "2nd");
            until(
                    list,
                    "one",
                    one -> one.lastMessage() != null
                            && "2nd".equals(one.lastMessage().body()));
            bob.removes(bob.lastMessageSid());
            until(
                    list,
                    "one",
                    one -> one.lastMessage() != null
                            && "first".equals(one.lastMessage().body()));
            until(list, "one", one -> one.unread().equals(Unread.of(0)));

            twilio.user("carl").in("one").joins().readsAll();
            until(list, "one", one -> one.othersCount() == 2 && one.lastReadByOthers() != null);
            twilio.user("carl").in("one").leaves();
            until(list, "one", one -> one.othersCount() == 1);
            bob.renames("uno");
            until(list, "uno", one -> true);

            twilio.user("bob").in("two").says("come");
            twilio.user("alice").in("two").joins();
            until(list, "two", one -> one.unread().equals(Unread.NEVER_READ));
            Patience.until(() ->
                    list.snapshot().rows().stream().map(ChatRow::name).toList().equals(List.of("two", "uno")));
            bob.says("here");
            Patience.until(() -> list.snapshot().rows().get(0).title().equals("uno"));

            alice.leaves();
            Patience.until(() -> list.snapshot().rows().size() == 1);
        }
    }

    @Test
    void a_participant_sees_who_types_and_what_is_muted() {
        twilio.user("alice").in("one").joins();
        SimulatedParticipant bob = twilio.user("bob").in("one").joins();
        try (ConversationsClient client = participant();
                LiveChatList list = client.me().followChatList().await()) {
            bob.types();
            assertThat(until(list, "one", row -> !row.typing().isEmpty()).typing())
                    .containsExactly(new ChatPerson("bob", "BOB", null, true));
            bob.says("done");
            until(list, "one", row -> row.typing().isEmpty());
            twilio.user("alice").in("one").mutes();
            until(list, "one", row -> row.notificationLevel() == NotificationLevel.MUTED);
        }
    }

    @Test
    void a_participants_list_needs_no_server_once_it_was_read() {
        twilio.user("alice").in("one").joins().readsAll();
        twilio.user("bob").in("one").says("hi");
        try (ConversationsClient client = participant()) {
            ChatList first = client.me().chatList().await();
            twilio.close();

            assertThat(client.me().chatList().await()).isEqualTo(first);
            assertThat(first.rows()).hasSize(1);
            assertThat(first.rows().get(0).lastMessage()).isNotNull();
        }
    }

    @Test
    void a_participants_list_that_is_read_at_the_start_needs_no_server_when_it_is_asked_for() {
        twilio.user("alice").in("one").joins().readsAll();
        twilio.user("bob").in("one").says("hi");
        CountDownLatch read = new CountDownLatch(1);
        ChatOptions chats = ChatOptions.builder()
                .listAtStart(true)
                .profiles(ids -> {
                    read.countDown();
                    return capitals(ids);
                })
                .build();
        try (ConversationsClient client = ConversationsClient.start(
                twilio.participantOptions("alice").chats(chats).build())) {
            // Profiles come last.
            Patience.await(read);
            twilio.close();

            assertThat(client.me().chatList().await().rows())
                    .extracting(ChatRow::title)
                    .containsExactly("one");
        }
    }

    @Test
    void a_list_that_somebody_follows_costs_no_call() {
        twilio.user("alice").in("one").joins();
        try (ConversationsClient client = backend()) {
            LiveChatList list = client.as("alice").followChatList().await();
            calls.reset();

            assertThat(client.as("alice").chatList().await()).isEqualTo(list.snapshot());
            assertThat(calls.count()).isZero();
            list.close();
            assertThat(client.as("alice").chatList().await().rows()).hasSize(1);
            assertThat(calls.count()).isPositive();
        }
    }

    @Test
    void whoever_applies_every_change_has_the_list() throws InterruptedException {
        twilio.user("alice").in("one").joins();
        twilio.user("alice").in("two").joins();
        BlockingQueue<ChatListChange> changes = new LinkedBlockingQueue<>();
        try (ConversationsClient client = backend();
                LiveChatList list = client.as("alice").followChatList().await()) {
            list.onChange(changes::add);
            twilio.user("bob").in("one").says("hi");
            twilio.user("bob").in("two").says("hi");
            twilio.user("alice").in("one").leaves();

            ChatListChange first = changes.poll(Patience.SECONDS, TimeUnit.SECONDS);
            assertThat(first).isInstanceOf(ChatListChange.All.class);
            ChatList mine = ((ChatListChange.All) first).list();
            while (!(mine.rows().size() == 1 && mine.equals(list.snapshot()) && changes.isEmpty())) {
                ChatListChange next = changes.poll(Patience.SECONDS, TimeUnit.SECONDS);
                assertThat(next).as("a further change after %s", mine).isNotNull();
                mine = mine.after(next);
            }
            assertThat(mine.rows()).extracting(ChatRow::name).containsExactly("two");
        }
    }

    @Test
    void nothing_is_told_after_close() {
        twilio.user("alice").in("one").joins();
        List<ChatListChange> changes = new CopyOnWriteArrayList<>();
        try (ConversationsClient client = backend()) {
            LiveChatList list = client.as("alice").followChatList().await();
            list.onChange(changes::add);
            Patience.until(() -> changes.size() == 1);
            ChatList last = list.snapshot();
            list.close();
            list.close();
            twilio.user("bob").in("one").says("hi");
            assertThat(twilio.awaitWebhooks(Duration.ofSeconds(10))).isTrue();

            assertThat(list.snapshot()).isEqualTo(last);
            assertThat(list.onChange(changes::add).isActive()).isFalse();
            assertThat(changes).hasSize(1);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whatever_happens_in_whatever_order_it_ends_as_a_list_that_is_read_afresh_on_a_backend(long seed) {
        try (ConversationsClient client = backend();
                ConversationsClient other =
                        start(ClientOptions.backend(twilio.credentials()).baseUrl(twilio.url()))) {
            atRandom(seed, client, other);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32})
    void whatever_happens_in_whatever_order_it_ends_as_a_list_that_is_read_afresh_on_a_participants_client(long seed) {
        try (ConversationsClient client = participant();
                ConversationsClient other = participant()) {
            atRandom(seed, client, other);
        }
    }

    private void atRandom(long seed, ConversationsClient client, ConversationsClient other) {
        SplittableRandom random = new SplittableRandom(seed);
        twilio.user("alice").in("one").joins();
        for (int i = 0; i < 15; i++) {
            step(random);
        }
        Deferred<LiveChatList> opening = alice(client).followChatList();
        for (int i = 0; i < 40; i++) {
            step(random);
        }
        try (LiveChatList list = opening.await()) {
            for (int i = 0; i < 40; i++) {
                step(random);
            }
            twilio.awaitWebhooks(Duration.ofSeconds(10));
            AtomicReference<ChatList> fresh = new AtomicReference<>();
            try {
                Patience.until(() -> {
                    fresh.set(alice(other).chatList().await());
                    return byChat(list.snapshot()).equals(byChat(fresh.get()));
                });
            } catch (AssertionError e) {
                assertThat(byChat(list.snapshot()))
                        .as("followed, reported: %s", reported)
                        .isEqualTo(byChat(fresh.get()));
            }
            assertThat(reported).isEmpty();
        }
    }

    private static Map<String, ChatRow> byChat(ChatList list) {
        Map<String, ChatRow> rows = new TreeMap<>();
        list.rows().forEach(row -> rows.put(row.conversationSid(), toTheSecond(row)));
        return rows;
    }

    /** REST tells dates to the second, events to the millisecond. */
    private static ChatRow toTheSecond(ChatRow row) {
        ChatMessage last = row.lastMessage();
        return new ChatRow(
                row.conversationSid(),
                row.name(),
                row.uniqueName(),
                row.state(),
                row.attributes(),
                row.others(),
                row.othersCount(),
                last == null
                        ? null
                        : new ChatMessage(
                                last.sid(),
                                last.index(),
                                last.author(),
                                last.body(),
                                last.attributes(),
                                last.media(),
                                toTheSecond(last.dateCreated()),
                                null),
                row.lastReadByOthers(),
                row.unread(),
                row.notificationLevel(),
                toTheSecond(row.lastActivity()),
                row.typing());
    }

    private static @Nullable Instant toTheSecond(@Nullable Instant date) {
        return date == null ? null : date.truncatedTo(ChronoUnit.SECONDS);
    }

    private void step(SplittableRandom random) {
        String chat = CHATS.get(random.nextInt(CHATS.size()));
        SimulatedParticipant alice = twilio.user("alice").in(chat);
        SimulatedParticipant other =
                twilio.user(PEOPLE.get(random.nextInt(PEOPLE.size()))).in(chat);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> other.says("word " + random.nextInt(1000));
            case 3 -> alice.says("answer " + random.nextInt(1000));
            case 4 -> other.says("draft").edits(lastOf(other), "final " + random.nextInt(1000));
            case 5 -> other.says("oops").removes(lastOf(other));
            case 6 -> alice.readsAll();
            case 7 -> other.readsAll();
            case 8 -> alice.reads(0);
            case 9 -> other.leaves();
            case 10 -> alice.leaves();
            default -> other.renames(chat + " " + random.nextInt(1000));
        }
    }

    private static String lastOf(SimulatedParticipant other) {
        return other.lastMessageSid();
    }

    @Test
    void reading_a_joined_conversation_again_ends_with_the_client() {
        ManualTime time = new ManualTime();
        twilio.user("alice").in("one").joins();
        ConversationsClient client = ConversationsClient.start(twilio.backendOptions()
                .sweepEvery(Duration.ZERO)
                .scheduler(time)
                .build());
        client.ready().await();
        client.as("alice").followChatList().await();
        twilio.faults().rest().path("/Users/*/Conversations/*").fail(403);
        twilio.user("bob").in("two").adds("alice");
        Patience.until(() -> {
            time.advance(Duration.ofMillis(1));
            return twilio.faults().reports().get(0).struck() > 1;
        });

        client.close();
        Patience.until(() -> time.pending() == 0);
    }
}
