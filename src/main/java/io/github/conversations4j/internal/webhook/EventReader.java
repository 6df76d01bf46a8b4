package io.github.conversations4j.internal.webhook;

import static java.util.Objects.requireNonNullElse;

import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationStateUpdated;
import io.github.conversations4j.event.ConversationUpdateReason;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdateReason;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.event.Unknown;
import io.github.conversations4j.event.UserAdded;
import io.github.conversations4j.event.UserUpdateReason;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.User;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes events of verified parameters. An event happened at the date that fits it, as far as Twilio sends one. */
final class EventReader {
    private static final Set<ConversationUpdateReason> CONVERSATION_REASONS = Set.of(ConversationUpdateReason.UNKNOWN);
    private static final Set<MessageUpdateReason> MESSAGE_REASONS = Set.of(MessageUpdateReason.UNKNOWN);
    private static final Set<ParticipantUpdateReason> PARTICIPANT_REASONS = Set.of(ParticipantUpdateReason.UNKNOWN);
    private static final Set<UserUpdateReason> USER_REASONS = Set.of(UserUpdateReason.UNKNOWN);

    private EventReader() {}

    static ConversationsEvent messageAdded(Parameters parameters) {
        Message message = ResourceReader.message(parameters);
        String id = EventIds.once(EventType.MESSAGE_ADDED, message.sid());
        return new MessageAdded(parameters.meta(id, message.dateCreated()), message);
    }

    static ConversationsEvent messageUpdated(Parameters parameters) {
        Message message = ResourceReader.message(parameters);
        return new MessageUpdated(
                parameters.meta(EventIds.updated(message), message.dateUpdated()), message, MESSAGE_REASONS);
    }

    static ConversationsEvent messageRemoved(Parameters parameters) {
        Message message = ResourceReader.message(parameters);
        String id = EventIds.once(EventType.MESSAGE_REMOVED, message.sid());
        return new MessageRemoved(parameters.meta(id, parameters.instant(Names.DATE_REMOVED)), message);
    }

    static ConversationsEvent conversationAdded(Parameters parameters) {
        ConversationSnapshot conversation = ResourceReader.conversation(parameters);
        String id = EventIds.once(EventType.CONVERSATION_ADDED, conversation.sid());
        return new ConversationAdded(parameters.meta(id, conversation.dateCreated()), conversation);
    }

    static ConversationsEvent conversationUpdated(Parameters parameters) {
        ConversationSnapshot conversation = ResourceReader.conversation(parameters);
        return new ConversationUpdated(
                parameters.meta(EventIds.updated(conversation), conversation.dateUpdated()),
                conversation,
                CONVERSATION_REASONS);
    }

    static ConversationsEvent conversationRemoved(Parameters parameters) {
        ConversationSnapshot conversation = ResourceReader.conversation(parameters);
        String id = EventIds.once(EventType.CONVERSATION_REMOVED, conversation.sid());
        return new ConversationRemoved(parameters.meta(id, parameters.instant(Names.DATE_REMOVED)), conversation);
    }

    static ConversationsEvent conversationStateUpdated(Parameters parameters) {
        String conversationSid = parameters.require(Names.CONVERSATION_SID);
        ConversationState from = ResourceReader.state(parameters, Names.STATE_FROM);
        ConversationState to = ResourceReader.state(parameters, Names.STATE_TO);
        String reason = parameters.text(Names.REASON);
        Instant time = parameters.instant(Names.STATE_UPDATED);
        String id = EventIds.update(
                EventType.CONVERSATION_STATE_UPDATED, conversationSid, time, from, to, requireNonNullElse(reason, ""));
        return new ConversationStateUpdated(parameters.meta(id, time), conversationSid, from, to, reason);
    }

    static ConversationsEvent participantAdded(Parameters parameters) {
        Participant participant = ResourceReader.participant(parameters);
        String id = EventIds.once(EventType.PARTICIPANT_JOINED, participant.sid());
        return new ParticipantJoined(parameters.meta(id, participant.dateCreated()), participant);
    }

    static ConversationsEvent participantUpdated(Parameters parameters) {
        Participant participant = ResourceReader.participant(parameters);
        return new ParticipantUpdated(
                parameters.meta(EventIds.updated(participant), participant.dateUpdated()),
                participant,
                PARTICIPANT_REASONS);
    }

    static ConversationsEvent participantRemoved(Parameters parameters) {
        Participant participant = ResourceReader.participant(parameters);
        String id = EventIds.once(EventType.PARTICIPANT_LEFT, participant.sid());
        return new ParticipantLeft(parameters.meta(id, parameters.instant(Names.DATE_REMOVED)), participant);
    }

    static ConversationsEvent deliveryUpdated(Parameters parameters) {
        DeliveryReceipt receipt = ResourceReader.receipt(parameters);
        return new DeliveryUpdated(parameters.meta(EventIds.updated(receipt), receipt.dateUpdated()), receipt);
    }

    static ConversationsEvent userAdded(Parameters parameters) {
        User user = ResourceReader.user(parameters);
        return new UserAdded(parameters.meta(EventIds.added(user), user.dateCreated()), user);
    }

    static ConversationsEvent userUpdated(Parameters parameters) {
        User user = ResourceReader.user(parameters);
        return new UserUpdated(parameters.meta(EventIds.updated(user), user.dateUpdated()), user, USER_REASONS);
    }

    /** An event that has no record, or not what its record needs. */
    static Unknown unknown(String name, Parameters parameters) {
        Map<String, String> all = parameters.all();
        String subject = requireNonNullElse(firstSid(parameters), "");
        // In one order and without the number of the attempt: a repeated one is the same event.
        Map<String, String> content = new TreeMap<>(all);
        content.remove(Names.RETRY_COUNT.toString());
        String id = EventIds.update(EventType.UNKNOWN, subject, null, content);
        return new Unknown(parameters.meta(id, null), name, all);
    }

    private static @Nullable String firstSid(Parameters parameters) {
        return Stream.of(Names.MESSAGE_SID, Names.PARTICIPANT_SID, Names.USER_SID, Names.CONVERSATION_SID)
                .map(parameters::text)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
