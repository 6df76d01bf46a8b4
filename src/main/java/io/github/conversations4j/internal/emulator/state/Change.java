package io.github.conversations4j.internal.emulator.state;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened: what it was before and what it is now. A thing without a before was added, one without an
 * after was removed. Immutable.
 *
 * <p>Every mutation of the emulator gives at least one. Changes reach the {@link ChangeListener listeners} in the order
 * in which they were committed to their service. A change with {@link Stamp#sequence()} 0 is a proposal on its way to a
 * {@link Gate}: it looks as it will if nobody objects.
 *
 * <p>Sequences of a service only grow. A view that is built on changes (the objects of a socket, for example) is told of
 * each in the moment it is made, through {@link ChatService#record}: what it reads under the same lock, through {@link
 * ChatService#atOnce}, holds everything that it was told of and nothing else.
 */
public sealed interface Change {
    /**
     * Says when and by whom.
     *
     * @return the stamp
     */
    Stamp stamp();

    /**
     * Gives what was there before.
     *
     * @return the record, or null if it was added
     */
    @Nullable
    Record before();

    /**
     * Gives what is there now.
     *
     * @return the record, or null if it was removed
     */
    @Nullable
    Record after();

    /**
     * Says whether something new came.
     *
     * @return whether there was nothing before
     */
    default boolean added() {
        return before() == null;
    }

    /**
     * Says whether something went.
     *
     * @return whether there is nothing left
     */
    default boolean removed() {
        return after() == null;
    }

    /**
     * Says whether something changed that was there and stays.
     *
     * @return whether there is both a before and an after
     */
    default boolean updated() {
        return !added() && !removed();
    }

    /** Why the state of a conversation changed, as Twilio tells it. */
    enum Reason {
        /** Somebody asked for it. */
        API,
        /** Its timer ran out. */
        TIMER,
        /** Something else happened, such as a message in an inactive conversation. */
        EVENT
    }

    /**
     * A conversation came, changed or went. One update may hold a change of the state and of other fields.
     *
     * @param stamp when and by whom
     * @param before what it was
     * @param after what it is
     * @param reason why its state changed; null if it did not
     * @param members who was in it when it was removed; empty otherwise
     */
    record OfConversation(
            Stamp stamp,
            @Nullable StoredConversation before,
            @Nullable StoredConversation after,
            @Nullable Reason reason,
            List<StoredParticipant> members)
            implements Change {

        /**
         * Gives the conversation as it is, or was when it was removed.
         *
         * @return the conversation
         */
        public StoredConversation conversation() {
            return after != null ? after : Objects.requireNonNull(before);
        }

        /**
         * Says whether the state is another one.
         *
         * @return whether it is an update of the state
         */
        public boolean stateChanged() {
            return before != null && after != null && before.state() != after.state();
        }
    }

    /**
     * A message came, changed or went.
     *
     * @param stamp when and by whom
     * @param conversation the conversation it belongs to
     * @param before what it was
     * @param after what it is
     */
    record OfMessage(
            Stamp stamp,
            StoredConversation conversation,
            @Nullable StoredMessage before,
            @Nullable StoredMessage after) implements Change {

        /**
         * Gives the message as it is, or was when it was removed.
         *
         * @return the message
         */
        public StoredMessage message() {
            return after != null ? after : Objects.requireNonNull(before);
        }
    }

    /**
     * A participant came, changed or went; reading and muting are updates too.
     *
     * @param stamp when and by whom
     * @param conversation the conversation
     * @param before what it was
     * @param after what it is
     */
    record OfParticipant(
            Stamp stamp,
            StoredConversation conversation,
            @Nullable StoredParticipant before,
            @Nullable StoredParticipant after)
            implements Change {

        /**
         * Gives the participant as it is, or was when it was removed.
         *
         * @return the participant
         */
        public StoredParticipant participant() {
            return after != null ? after : Objects.requireNonNull(before);
        }
    }

    /**
     * A user came, changed or went; going online and offline are updates too.
     *
     * @param stamp when and by whom
     * @param before what it was
     * @param after what it is
     */
    record OfUser(
            Stamp stamp,
            @Nullable StoredUser before,
            @Nullable StoredUser after) implements Change {

        /**
         * Gives the user as it is, or was when it was removed.
         *
         * @return the user
         */
        public StoredUser user() {
            return after != null ? after : Objects.requireNonNull(before);
        }
    }

    /**
     * A message went a step further on its way to one recipient. The summary of the message changed with it; there is no
     * change of its own for that.
     *
     * @param stamp when and by whom
     * @param conversation the conversation
     * @param message the message with its new summary
     * @param before what the receipt was
     * @param after what it is
     */
    record OfReceipt(
            Stamp stamp,
            StoredConversation conversation,
            StoredMessage message,
            @Nullable StoredReceipt before,
            StoredReceipt after)
            implements Change {}

    /**
     * Something came, changed or went that is set up and not talked with: services, roles, webhooks, settings,
     * addresses, credentials, bindings, media.
     *
     * @param stamp when and by whom
     * @param before what it was
     * @param after what it is
     */
    record OfResource(
            Stamp stamp, @Nullable Record before, @Nullable Record after) implements Change {}
}
