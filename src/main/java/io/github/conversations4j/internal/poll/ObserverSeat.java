package io.github.conversations4j.internal.poll;

import io.github.conversations4j.error.ConflictException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.RateLimitedException;
import io.github.conversations4j.error.TwilioApiException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the observer take part in one conversation, and moves its read horizon. Where it may not take part nothing stops:
 * tiers do without, and it is tried again later. Confined to the task of its conversation.
 */
final class ObserverSeat {
    private static final Logger LOG = LoggerFactory.getLogger(ObserverSeat.class);
    private static final Duration UNTIL_TRYING_AGAIN = Duration.ofMinutes(30);

    private final Poll poll;
    private final String conversationSid;
    private final Observation observation;
    private Instant notBefore = Instant.MIN;

    ObserverSeat(Poll poll, String conversationSid, Observation observation) {
        this.poll = poll;
        this.conversationSid = conversationSid;
        this.observation = observation;
    }

    /**
     * Does what is wanted.
     *
     * @param identity the observer
     * @param top the highest index that was read; -1 for none, which nobody can have read up to
     */
    void keep(String identity, int top) {
        if (poll.now().isBefore(notBefore)) {
            return;
        }
        try {
            boolean join = observation.wantsToJoin();
            if (join) {
                join(identity);
            }
            if (top >= 0 && (join || observation.wantsHorizon())) {
                poll.calls().get(() -> poll.api().mine(identity).setLastReadMessageIndex(conversationSid, top));
                observation.horizonMoved();
            }
        } catch (NotFoundException | RateLimitedException e) {
            throw e;
        } catch (TwilioApiException e) {
            // It was told where all failures are.
            notBefore = poll.now().plus(UNTIL_TRYING_AGAIN);
        }
    }

    private void join(String identity) {
        try {
            poll.calls().get(() -> poll.api().mine(identity).join(conversationSid));
        } catch (ConflictException e) {
            LOG.debug("the observer is in {} already", conversationSid);
        }
        observation.joined();
    }
}
