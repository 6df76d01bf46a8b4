package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.event.ConversationUpdateReason;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.ParticipantUpdateReason;
import io.github.conversations4j.event.UserUpdateReason;
import io.github.conversations4j.internal.source.Fields;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import io.github.conversations4j.model.User;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A kind of resource that is remembered. Immutable.
 *
 * @param fields what an update can be about
 * @param key tells one resource from all others, of whatever kind
 * @param weight about how many characters one keeps in memory
 * @param updated when it was last changed, as it says itself; null if it does not say
 * @param <T> the resource
 * @param <R> the reasons of its updates
 */
record Kind<T, R extends Enum<R>>(
        Fields<T, R> fields, Function<T, String> key, ToIntFunction<T> weight, Function<T, @Nullable Instant> updated) {
    private static final int RECORD = 200;
    private static final int FILE = 100;

    static final Kind<Message, MessageUpdateReason> MESSAGE = new Kind<>(
            Fields.MESSAGE,
            Message::sid,
            message -> weight(message.attributes())
                    + (message.body() == null ? 0 : message.body().length())
                    + FILE * message.media().size(),
            Message::dateUpdated);

    static final Kind<Participant, ParticipantUpdateReason> PARTICIPANT = new Kind<>(
            Fields.PARTICIPANT,
            Participant::sid,
            participant -> weight(participant.attributes()),
            Participant::dateUpdated);

    static final Kind<ConversationSnapshot, ConversationUpdateReason> CONVERSATION = new Kind<>(
            Fields.CONVERSATION,
            ConversationSnapshot::sid,
            conversation -> weight(conversation.attributes()),
            ConversationSnapshot::dateUpdated);

    /** By identity, because not every source knows the SID. */
    static final Kind<User, UserUpdateReason> USER = new Kind<>(
            Fields.USER, user -> "user:" + user.identity(), user -> weight(user.attributes()), User::dateUpdated);

    /**
     * Whether a state says that it is older than another one. Whoever writes can set dates, so this alone proves nothing.
     *
     * @param sameSource whether one source saw both; if not, whole seconds count, since REST has no finer ones
     */
    boolean saysItIsOlder(T state, T other, boolean sameSource) {
        Instant mine = updated.apply(state);
        Instant its = updated.apply(other);
        return mine != null
                && its != null
                && (sameSource
                        ? mine.isBefore(its)
                        : mine.truncatedTo(ChronoUnit.SECONDS).isBefore(its.truncatedTo(ChronoUnit.SECONDS)));
    }

    private static int weight(Attributes attributes) {
        return RECORD + attributes.json().length();
    }
}
