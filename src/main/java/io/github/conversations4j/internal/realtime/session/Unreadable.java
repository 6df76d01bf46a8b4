package io.github.conversations4j.internal.realtime.session;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session was sent and had to drop, because it cannot be read. The first is told in the log, so that somebody looks,
 * and further ones are counted, so that a broken server does not fill the log. Thread-safe.
 */
public final class Unreadable {
    private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);
    private static final int SHOWN = 80;

    private final AtomicLong count = new AtomicLong();

    /** Nothing was dropped yet. */
    public Unreadable() {}

    /**
     * Something is dropped.
     *
     * @param what what, without what people wrote
     * @param why what is wrong with it; null if that is said already
     */
    public void dropped(String what, @Nullable Throwable why) {
        if (count.getAndIncrement() == 0) {
            String shown = what.substring(0, Math.min(SHOWN, what.length())).replaceAll("\\p{Cntrl}", " ");
            LOG.warn("dropped {} that cannot be read; further ones are only counted", shown, why);
        }
    }

    /**
     * How much was dropped.
     *
     * @return the count since the beginning
     */
    public long count() {
        return count.get();
    }
}
