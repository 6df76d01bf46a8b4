package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.event.ConnectionStateChanged;
import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationJoined;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.TypingEnded;
import io.github.conversations4j.event.TypingStarted;
import io.github.conversations4j.event.UserSubscribed;
import io.github.conversations4j.internal.source.RoomSignal;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.source.Sink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A sink that remembers what it was offered, each message once. Confined to the thread of the test. */
final class EventRecorder implements Sink, RoomSignal {
    final List<ConversationsEvent> events = new ArrayList<>();
    final List<ConversationsEvent> all = new ArrayList<>();
    final Set<String> once = new HashSet<>();
    final List<String> incomplete = new ArrayList<>();
    boolean full;
    private Consumer<String> waitingForRoom = nobody -> {};

    @Override
    public void onRoom(Consumer<String> listener) {
        waitingForRoom = listener;
    }

    /** Refuses nothing any more, and says so. */
    void makeRoom(String conversationSid) {
        full = false;
        waitingForRoom.accept(conversationSid);
    }

    @Override
    public Offer offer(ConversationsEvent event) {
        if (full) {
            return Offer.REFUSED;
        }
        if (event.type().eventName().equals("messageAdded")
                && !once.add(event.meta().id())) {
            return Offer.DUPLICATE;
        }
        events.add(event);
        all.add(event);
        return Offer.ACCEPTED;
    }

    @Override
    public void markIncomplete(String conversationSid) {
        incomplete.add(conversationSid);
    }

    void taken() {
        events.clear();
    }

    List<String> messages(String conversationSid) {
        return all.stream()
                .filter(MessageAdded.class::isInstance)
                .map(event -> ((MessageAdded) event).message())
                .filter(message -> message.conversationSid().equals(conversationSid))
                .map(Message::sid)
                .toList();
    }

    ConversationSnapshot conversation(String type, String sid) {
        for (ConversationsEvent event : all) {
            if (event.type().eventName().equals(type) && describe(event).contains(" " + sid)) {
                return event instanceof ConversationAdded added
                        ? added.conversation()
                        : ((ConversationJoined) event).conversation();
            }
        }
        throw new AssertionError(type + " " + sid);
    }

    /** What came since the last look, and forgets it. */
    List<String> described() {
        List<String> described = events.stream().map(EventRecorder::describe).toList();
        events.clear();
        return described;
    }

    private static String describe(ConversationsEvent event) {
        String what = switch (event.type().eventName()) {
            case "connectionStateChanged" -> " " + ((ConnectionStateChanged) event).state();
            case "messageAdded" -> " " + ((MessageAdded) event).message().sid();
            case "messageUpdated" -> " " + ((MessageUpdated) event).message().sid();
            case "messageRemoved" -> " " + ((MessageRemoved) event).message().sid();
            case "participantJoined" ->
                " " + ((ParticipantJoined) event).participant().sid();
            case "participantLeft" ->
                " " + ((ParticipantLeft) event).participant().sid();
            case "typingStarted" -> " " + ((TypingStarted) event).participant().sid();
            case "typingEnded" -> " " + ((TypingEnded) event).participant().sid();
            case "userSubscribed" -> " " + ((UserSubscribed) event).user().identity();
            case "conversationUpdated" ->
                " " + ((ConversationUpdated) event).conversationSid() + " "
                        + ((ConversationUpdated) event)
                                .updateReasons().stream().sorted().toList();
            default -> event instanceof ConversationScoped scoped ? " " + scoped.conversationSid() : "";
        };
        return event.type().eventName()
                + what
                + (event.meta().initial() ? " (initial)" : "")
                + (event.meta().recovered() ? " (recovered)" : "");
    }
}
