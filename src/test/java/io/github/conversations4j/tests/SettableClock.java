package io.github.conversations4j.tests;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes as another one does until somebody sets it. */
public final class SettableClock implements InstantSource {
    private final InstantSource time;
    private volatile Duration off = Duration.ZERO;

    public SettableClock(InstantSource time) {
        this.time = time;
    }

    public void setBack(Duration by) {
        off = off.minus(by);
    }

    @Override
    public Instant instant() {
        return time.instant().plus(off);
    }
}
