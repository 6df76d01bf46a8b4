package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.TypingEnded;
import io.github.conversations4j.event.TypingStarted;
import io.github.conversations4j.internal.realtime.session.SessionContext;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.model.Participant;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is typing. Somebody types from when the server says so until it has not said it again for the time it names, their
 * message comes, or they are gone; each beginning that was told has its end. Confined to the session's lock.
 */
final class TypingWatch {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** What the official client assumes, with the second that the server adds. */
    private static final Duration USUAL = Duration.ofSeconds(6);

    private final SessionContext context;
    private final Outlet outlet;
    private final Map<String, Typist> typing = new HashMap<>();

    private record Typist(Participant participant, Cancellable timer) {}

    TypingWatch(SessionContext context, Outlet outlet) {
        this.context = context;
        this.outlet = outlet;
    }

    /**
     * Somebody types.
     *
     * @param seconds how long that holds as the server says; 0 if it does not say
     */
    void started(Participant participant, long seconds) {
        if (!outlet.offer(new TypingStarted(meta(EventType.TYPING_STARTED, participant), participant))) {
            return;
        }
        Typist before = typing.get(participant.sid());
        if (before != null) {
            before.timer().cancel();
        }
        Duration limit = seconds <= 0 ? USUAL : Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
        Cancellable timer =
                context.later(limit.compareTo(SHORTEST) < 0 ? SHORTEST : limit, () -> ended(participant.sid()));
        typing.put(participant.sid(), new Typist(participant, timer));
    }

    /** Somebody types no longer, if they did. */
    void ended(@Nullable String participantSid) {
        Typist typist = typing.remove(participantSid);
        if (typist != null) {
            typist.timer().cancel();
            Participant participant = typist.participant();
            outlet.offerSurely(new TypingEnded(meta(EventType.TYPING_ENDED, participant), participant));
        }
    }

    /** Nobody in a conversation types any longer. */
    void endedAll(String conversationSid) {
        List<String> there = typing.values().stream()
                .map(Typist::participant)
                .filter(participant -> participant.conversationSid().equals(conversationSid))
                .map(Participant::sid)
                .toList();
        there.forEach(this::ended);
    }

    void stop() {
        typing.values().forEach(typist -> typist.timer().cancel());
        typing.clear();
    }

    /** Nothing tells one signal from the next but the time. */
    private EventMeta meta(EventType<?> type, Participant participant) {
        return outlet.meta(
                EventIds.update(type, participant.sid(), null, context.now().toEpochMilli()), null, false);
    }
}
