package io.github.conversations4j.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an event itself. Immutable.
 *
 * @param id identifies the event, not the delivery of it: the same when it is seen again or by another source
 * @param time when it happened as far as the source says, else when the source saw it
 * @param source the event source that saw it first: {@code webhook}, {@code poll}, {@code realtime}, {@code client} or the name of your own
 * @param recovered whether it was not seen when it happened but found later
 * @param initial whether it describes what was there before the client started
 * @param origin what Twilio calls its Source, as it came: {@code SDK}, {@code API}, {@code SMS} …; null if the source did not say
 * @param clientIdentity the identity that acted through a client; null if it was none or the source did not say
 */
public record EventMeta(
        String id,
        Instant time,
        String source,
        boolean recovered,
        boolean initial,
        @Nullable String origin,
        @Nullable String clientIdentity) {

    /** The name of the source of events that the client makes itself. */
    public static final String CLIENT = "client";

    /**
     * Meta data of an event that was seen live and of which nothing more is known.
     *
     * @param id identifies the event
     * @param time when it happened or was seen
     * @param source the event source
     * @return the meta data
     */
    public static EventMeta live(String id, Instant time, String source) {
        return new EventMeta(id, time, source, false, false, null, null);
    }

    /**
     * The same event, marked as found later.
     *
     * @return meta data with {@link #recovered()} set
     */
    public EventMeta asRecovered() {
        return new EventMeta(id, time, source, true, initial, origin, clientIdentity);
    }
}
