package io.github.conversations4j;

/**
 * What a back end has asked of Twilio since its client was made. A value of one moment.
 *
 * @param sent requests that went out, repeats included
 * @param repeated how many of them were repeats, whatever for
 * @param tooManyRequests answers with status 429
 * @param delayedWrites writes that had to wait for their turn because of {@link WriteLimits}
 * @param refusedWrites writes that were refused without being sent, because too many waited
 * @param waitingWrites writes that wait for their turn now
 */
public record CallCounts(
        long sent, long repeated, long tooManyRequests, long delayedWrites, long refusedWrites, int waitingWrites) {}
