package io.github.conversations4j;

import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.internal.commands.Additions;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.commands.SendLimits;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.ParticipantChange;

/**
 * The participants of one conversation: reading, adding, changing, removing. Thread-safe.
 *
 * <p>A participant is named by SID or, if a chat user, by identity. Where there is none, futures fail with
 * {@link NotFoundException}.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-participant-resource">Conversation Participant
 *     resource</a>
 */
public final class Participants {
    private static final int PAGE_SIZE = 100;

    private final Calls calls;
    private final String conversationSid;

    Participants(Calls calls, String conversationSid) {
        this.calls = calls;
        this.conversationSid = conversationSid;
    }

    /**
     * Reads who takes part.
     *
     * @return the first page
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-participant-resource">Conversation Participant resource</a>
     */
    public Deferred<Page<Participant>> list() {
        return calls.page(
                "list participants of " + conversationSid,
                PAGE_SIZE,
                (api, page) -> api.participants().list(conversationSid, page));
    }

    /**
     * Reads one participant.
     *
     * @param sidOrIdentity {@code MB…}, or the identity of a chat user
     * @return the participant as it is now
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-participant-resource">Conversation Participant resource</a>
     */
    public Deferred<Participant> fetch(String sidOrIdentity) {
        participant(sidOrIdentity);
        return calls.ask(
                "fetch participant " + sidOrIdentity, api -> api.participants().fetch(conversationSid, sidOrIdentity));
    }

    /**
     * Adds a chat user. Twilio makes the user if there is none with this identity.
     *
     * @param identity who
     * @return the participant; the present one if they are there already
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-participant-resource">Conversation Participant resource</a>
     */
    public Deferred<Participant> add(String identity) {
        return add(NewParticipant.chat(identity));
    }

    /**
     * Adds somebody who is reached by SMS, WhatsApp or the like.
     *
     * @param address where they are reached, for example {@code +15550001} or {@code whatsapp:+15550001}
     * @param proxyAddress the number of yours that they talk to, with the same prefix
     * @return the participant; the present one if they are there already. Fails with {@link ConflictException} if they talk to
     *     that number in another conversation already
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-participant-resource">Conversation Participant resource</a>
     */
    public Deferred<Participant> addAddress(String address, String proxyAddress) {
        Arguments.text("address", address);
        Arguments.text("proxy address", proxyAddress);
        return add(NewParticipant.address(address, proxyAddress));
    }

    /**
     * Adds somebody.
     *
     * @param participant who, with attributes and, on a backend, role
     * @return the participant; who is there already stays as they are and is given. Fails with {@link ConflictException} if an
     *     address is in use in another conversation
     * @throws IllegalArgumentException if neither an identity nor an address is given, or the attributes are too large
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-participant-resource">Conversation Participant resource</a>
     */
    public Deferred<Participant> add(NewParticipant participant) {
        check(participant);
        return calls.ask(
                "add a participant to " + conversationSid,
                api -> new Additions(api.participants()).add(conversationSid, participant));
    }

    /**
     * Changes a participant.
     *
     * @param sidOrIdentity {@code MB…}, or the identity of a chat user
     * @param change what is to change; a participant's client can change attributes
     * @return the participant as it is then
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-participant-resource">Conversation Participant resource</a>
     */
    public Deferred<Participant> update(String sidOrIdentity, ParticipantChange change) {
        participant(sidOrIdentity);
        Arguments.given("change", change);
        Arguments.sidIfGiven("role SID", "RL", change.roleSid());
        if (change.attributes() != null) {
            SendLimits.messageAttributes(change.attributes());
        }
        return calls.ask(
                "update participant " + sidOrIdentity,
                api -> api.participants().update(conversationSid, sidOrIdentity, change));
    }

    /**
     * What changes single keys of a participant's attributes.
     *
     * @param sidOrIdentity {@code MB…}, or the identity of a chat user
     * @return its attributes
     */
    public AttributeKeys attributes(String sidOrIdentity) {
        participant(sidOrIdentity);
        return new AttributeKeys(
                calls,
                "participant " + sidOrIdentity + " of " + conversationSid,
                api -> api.participants().fetch(conversationSid, sidOrIdentity).thenApply(Participant::attributes),
                (api, attributes) -> api.participants()
                        .update(
                                conversationSid,
                                sidOrIdentity,
                                ParticipantChange.builder()
                                        .attributes(attributes)
                                        .build()));
    }

    /**
     * Removes somebody.
     *
     * @param sidOrIdentity {@code MB…}, or the identity of a chat user
     * @return completes when they no longer take part
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-participant-resource">Conversation Participant resource</a>
     */
    public Deferred<Void> remove(String sidOrIdentity) {
        participant(sidOrIdentity);
        return calls.ask(
                "remove participant " + sidOrIdentity,
                api -> api.participants().remove(conversationSid, sidOrIdentity));
    }

    /**
     * Counts the participants. Over REST they are read for it, up to ten pages; over the tunnel Twilio tells the number, which
     * follows with a small delay.
     *
     * @return how many there are
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-participant-resource">Conversation Participant resource</a>
     */
    public Deferred<Integer> count() {
        return calls.ask(
                "count participants of " + conversationSid,
                api -> api.participants().count(conversationSid));
    }

    static void check(NewParticipant participant) {
        String identity = Arguments.given("participant", participant).identity();
        MessagingBinding binding = participant.messagingBinding();
        if (identity == null && (binding == null || binding.address() == null)) {
            throw new IllegalArgumentException("participant: needs an identity or an address");
        }
        if (identity != null) {
            Arguments.identity(identity);
        }
        if (binding != null) {
            Arguments.textIfGiven("address", binding.address());
            Arguments.textIfGiven("proxy address", binding.proxyAddress());
            Arguments.textIfGiven("projected address", binding.projectedAddress());
        }
        Arguments.sidIfGiven("role SID", "RL", participant.roleSid());
        SendLimits.messageAttributes(participant.attributes());
    }

    private static void participant(String sidOrIdentity) {
        Arguments.sidOrName("participant", "MB", sidOrIdentity);
    }
}
