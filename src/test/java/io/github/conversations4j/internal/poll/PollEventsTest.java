package io.github.conversations4j.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConnectionStateChanged;
import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationStateUpdated;
import io.github.conversations4j.event.ConversationUpdateReason;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdateReason;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.event.UserAdded;
import io.github.conversations4j.event.UserUpdateReason;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationChange;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessageChange;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.ParticipantChange;
import io.github.conversations4j.model.UserChange;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.Sink.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the poll source tells of each thing that happens. */
class PollEventsTest {
    private static final Duration STEP = Duration.ofMillis(500);

    private final PollFixture fixture = new PollFixture(7);
    private final ConversationsApi people = fixture.people();
    private String sid = "";

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Starts with one old conversation in which ann has said something. */
    private PollConnection started(PollOptions options) {
        sid = PollFixture.await(people.conversations()
                        .create(NewConversation.builder().uniqueName("old").build()))
                .sid();
        PollFixture.await(people.participants().add(sid, NewParticipant.chat("ann")));
        say("first");
        say("second");
        fixture.time.advance(Duration.ofSeconds(5));
        return fixture.started(options);
    }

    private Message say(String text) {
        return PollFixture.await(people.messages()
                .send(sid, NewMessage.builder().author("ann").body(text).build(), text));
    }

    @Test
    void goesOnThoughTheClockIsSetBack() {
        started(PollOptions.builder().build());
        told();
        fixture.clock.setBack(Duration.ofDays(1));
        say("third");

        assertThat(after(Duration.ofMinutes(1)))
                .filteredOn(MessageAdded.class::isInstance)
                .extracting(event -> ((MessageAdded) event).message().body())
                .containsExactly("third");
    }

    private List<ConversationsEvent> after(Duration length) {
        fixture.pass(length, STEP);
        return told();
    }

    private List<ConversationsEvent> told() {
        List<ConversationsEvent> events = new ArrayList<>(fixture.sink.drain());
        events.removeIf(event -> event instanceof ConnectionStateChanged);
        return events;
    }

    private static <E> E only(List<ConversationsEvent> events, Class<E> type) {
        assertThat(events).singleElement().isInstanceOf(type);
        return type.cast(events.get(0));
    }

    @Test
    void whatWasThereIsToldAsConversationsOnly() {
        started(PollOptions.builder().build());

        ConversationAdded event = only(told(), ConversationAdded.class);
        assertThat(event.meta().initial()).isTrue();
        assertThat(event.meta().recovered()).isFalse();
        assertThat(event.conversation().uniqueName()).isEqualTo("old");
        assertThat(after(Duration.ofMinutes(20))).isEmpty();
    }

    @Test
    void historyTellsTheLastMessagesAsInitial() {
        started(PollOptions.builder().history(1).build());

        List<ConversationsEvent> events = told();
        assertThat(events).hasSize(2);
        MessageAdded event = (MessageAdded) events.get(1);
        assertThat(event.message().body()).isEqualTo("second");
        assertThat(event.meta().initial()).isTrue();
        say("third");
        assertThat(only(after(Duration.ofSeconds(40)), MessageAdded.class)
                        .meta()
                        .initial())
                .isFalse();
    }

    @Test
    void whatIsWrittenDuringTheFirstPassIsNew() {
        fixture.faults(request -> {
            if (sid.isEmpty() && request.url().encodedPath().endsWith("/Conversations")) {
                // Between the start and the first answer.
                fixture.time.advance(Duration.ofSeconds(2));
                sid = PollFixture.await(people.conversations()
                                .create(NewConversation.builder()
                                        .uniqueName("fresh")
                                        .build()))
                        .sid();
                say("too early to be old");
            }
            return null;
        });
        fixture.started(PollOptions.builder().build());

        List<ConversationsEvent> events = told();
        assertThat(events).hasExactlyElementsOfTypes(ConversationAdded.class, MessageAdded.class);
        assertThat(events)
                .allSatisfy(event -> assertThat(event.meta().initial()).isFalse());
    }

    @Test
    void messagesAreAddedChangedAndRemoved() {
        started(PollOptions.builder().build());
        told();
        Message message = say("third");
        assertThat(only(after(Duration.ofSeconds(40)), MessageAdded.class).message())
                .isEqualTo(message);

        PollFixture.await(people.messages()
                .update(sid, message.sid(), MessageChange.builder().body("3rd").build()));
        MessageUpdated updated = only(after(Duration.ofSeconds(40)), MessageUpdated.class);
        assertThat(updated.message().body()).isEqualTo("3rd");
        assertThat(updated.updateReasons())
                .containsExactlyInAnyOrder(MessageUpdateReason.BODY, MessageUpdateReason.DATE_UPDATED);

        PollFixture.await(people.messages().remove(sid, message.sid()));
        assertThat(only(after(Duration.ofSeconds(40)), MessageRemoved.class).message())
                .isEqualTo(updated.message());
    }

    @Test
    void changesOfMessagesFromBeforeAreTold() {
        started(PollOptions.builder().build());
        told();
        Message first = PollFixture.await(
                        people.messages().list(sid, ConversationsApi.Order.ASCENDING, null, PageRequest.first(1)))
                .items()
                .get(0);
        PollFixture.await(people.messages()
                .update(sid, first.sid(), MessageChange.builder().body("1st").build()));

        assertThat(only(after(Duration.ofSeconds(150)), MessageUpdated.class).updateReasons())
                .contains(MessageUpdateReason.BODY);
    }

    @Test
    void peopleComeChangeAndGo() {
        started(PollOptions.builder().build());
        told();
        Participant bob = PollFixture.await(people.participants().add(sid, NewParticipant.chat("bob")));
        List<ConversationsEvent> events = after(Duration.ofMinutes(11));
        assertThat(events).hasSize(2);
        assertThat(events).filteredOn(ParticipantJoined.class::isInstance).hasSize(1);
        assertThat(events).filteredOn(UserAdded.class::isInstance).hasSize(1);

        PollFixture.await(people.participants()
                .update(
                        sid,
                        bob.sid(),
                        ParticipantChange.builder()
                                .attributes(Attributes.of("{\"a\": 1}"))
                                .build()));
        assertThat(only(after(Duration.ofMinutes(11)), ParticipantUpdated.class).updateReasons())
                .contains(ParticipantUpdateReason.ATTRIBUTES);

        PollFixture.await(people.users()
                .update("bob", UserChange.builder().friendlyName("Bob").build()));
        assertThat(only(after(Duration.ofMinutes(6)), UserUpdated.class).updateReasons())
                .containsExactly(UserUpdateReason.FRIENDLY_NAME);

        PollFixture.await(people.participants().remove(sid, bob.sid()));
        assertThat(only(after(Duration.ofMinutes(11)), ParticipantLeft.class)
                        .participant()
                        .attributes()
                        .json())
                .isEqualTo("{\"a\": 1}");
    }

    @Test
    void conversationsComeChangeCloseAndGo() {
        started(PollOptions.builder().build());
        told();
        PollFixture.await(people.conversations()
                .update(sid, ConversationChange.builder().friendlyName("named").build()));
        assertThat(only(after(Duration.ofMinutes(1)), ConversationUpdated.class).updateReasons())
                .containsExactlyInAnyOrder(
                        ConversationUpdateReason.FRIENDLY_NAME, ConversationUpdateReason.DATE_UPDATED);

        say("the last words");
        PollFixture.await(people.conversations()
                .update(
                        sid,
                        ConversationChange.builder()
                                .state(ConversationState.CLOSED)
                                .build()));
        List<ConversationsEvent> end = after(Duration.ofMinutes(1));
        assertThat(end).hasSize(3);
        assertThat(end).filteredOn(MessageAdded.class::isInstance).hasSize(1);
        ConversationStateUpdated closed = (ConversationStateUpdated) end.stream()
                .filter(ConversationStateUpdated.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(List.of(closed.from(), closed.to()))
                .containsExactly(ConversationState.ACTIVE, ConversationState.CLOSED);
        assertThat(closed.reason()).isNull();

        fixture.calls.clear();
        assertThat(after(Duration.ofMinutes(20))).isEmpty();
        assertThat(fixture.calls).noneMatch(call -> call.contains(sid));

        PollFixture.await(people.conversations().delete(sid));
        assertThat(only(after(Duration.ofMinutes(1)), ConversationRemoved.class)
                        .conversation()
                        .friendlyName())
                .isEqualTo("named");
    }

    @Test
    void manyMessagesAtOnceAreToldOnceAndInOrder() {
        started(PollOptions.builder().build());
        told();
        for (int i = 0; i < 250; i++) {
            say("message " + i);
        }
        List<ConversationsEvent> events = after(Duration.ofMinutes(1));
        assertThat(events).hasSize(250).allSatisfy(event -> assertThat(event).isInstanceOf(MessageAdded.class));
        assertThat(events)
                .extracting(event -> ((MessageAdded) event).message().index())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void whatHasLeftTheWindowIsNotToldAgain() {
        started(PollOptions.builder().window(10).build());
        told();
        for (int burst = 0; burst < 2; burst++) {
            // More than the window, and less than the page that is read when that was not enough.
            for (int i = 0; i < 60; i++) {
                say("message " + i);
            }
            assertThat(after(Duration.ofMinutes(1))).hasSize(60);
        }
    }

    @Test
    void aMessageAtTheEdgeOfTwoPagesIsNotPassedOver() {
        started(PollOptions.builder().build());
        told();
        fixture.slips("messages", request -> fixture.slipped() == 0 && isPageOf("/Messages?", request));
        for (int i = 0; i < 250; i++) {
            say("message " + i);
        }

        assertThat(after(Duration.ofMinutes(1))).hasSize(250);
        assertThat(fixture.slipped()).isEqualTo(1);
    }

    /** Whether it is not the first page. */
    private static boolean isPageOf(String list, Request request) {
        String url = request.url().toString();
        return url.contains(list) && url.contains("PageToken");
    }

    @Test
    void somebodyAtTheEdgeOfTwoPagesHasNotLeft() {
        started(PollOptions.builder().build());
        for (int i = 0; i < 110; i++) {
            PollFixture.await(people.participants().add(sid, NewParticipant.chat("person " + i)));
        }
        after(Duration.ofMinutes(31));
        fixture.slips("participants", request -> isPageOf("/Participants?", request));

        assertThat(after(Duration.ofMinutes(31))).isEmpty();
        assertThat(fixture.slipped()).isPositive();
    }

    @Test
    void moreThanFitIntoMemoryAreToldWhileTheyAreRead() {
        started(PollOptions.builder().build());
        told();
        for (int i = 0; i < 2_200; i++) {
            say("message " + i);
        }
        List<ConversationsEvent> events = after(Duration.ofMinutes(2));
        assertThat(events).hasSize(2_200);
        assertThat(events)
                .extracting(event -> ((MessageAdded) event).message().index())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(after(Duration.ofMinutes(2))).isEmpty();
    }

    @Test
    void thePositionMovesOnlyWithWhatIsAccepted() {
        started(PollOptions.builder().build());
        told();
        int[] room = {2};
        fixture.sink.answer(event -> room[0]-- > 0 ? Offer.ACCEPTED : Offer.REFUSED);
        for (int i = 0; i < 5; i++) {
            say("message " + i);
        }
        List<ConversationsEvent> first = after(Duration.ofSeconds(40));
        assertThat(first.size()).isGreaterThan(2);
        assertThat(first.subList(2, first.size()))
                .allSatisfy(event ->
                        assertThat(((MessageAdded) event).message().body()).isEqualTo("message 2"));

        fixture.sink.answer(Offer.ACCEPTED);
        assertThat(after(Duration.ofMinutes(3)))
                .extracting(event -> ((MessageAdded) event).message().body())
                .containsExactly("message 2", "message 3", "message 4");
    }

    @Test
    void theObserverIsToldToNobodyAndMovesItsHorizonBeforeCountsStop() {
        started(PollOptions.builder().observer("observer").build());
        assertThat(told()).noneMatch(ParticipantJoined.class::isInstance);
        assertThat(PollFixture.await(people.participants().fetch(sid, "observer"))
                        .lastReadMessageIndex())
                .isEqualTo(1);
        int written = 2;
        int heard = 0;
        for (int burst = 0; burst < 13; burst++) {
            for (int i = 0; i < 80; i++, written++) {
                say("message " + written);
            }
            heard += (int) after(Duration.ofSeconds(40)).stream()
                    .filter(MessageAdded.class::isInstance)
                    .count();
        }
        assertThat(heard).isEqualTo(13 * 80);
        assertThat(PollFixture.await(people.participants().fetch(sid, "observer"))
                        .lastReadMessageIndex())
                .isGreaterThan(800);
        assertThat(told()).noneMatch(ParticipantUpdated.class::isInstance);
    }

    @Test
    void moreConversationsThanAreFollowedAreNoSecret() {
        started(PollOptions.builder().maxConversations(1).build());
        told();
        PollFixture.await(
                people.conversations().create(NewConversation.builder().build()));

        assertThat(only(after(Duration.ofMinutes(2)), ConnectionError.class).cause())
                .hasMessage("polling: there are more than 1 conversations, and the others are not followed. Raise"
                        + " PollOptions.maxConversations");
    }
}
