package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.Scheduler;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What everything in one emulator shares: time, chance, the record of changes and the gate. Thread-safe.
 *
 * @param clock the time
 * @param scheduler what runs the timers
 * @param sids makes SIDs, and generators for everything else that is left to chance
 * @param behaviour the choices
 * @param log carries changes to the listeners
 * @param gate decides about proposals
 * @param gaps where indexes are skipped on request
 * @param settings the settings of the account as they are now
 * @param templates the content templates of the account
 */
record World(
        InstantSource clock,
        Scheduler scheduler,
        SidSource sids,
        Behaviour behaviour,
        ChangeLog log,
        AtomicReference<Gate> gate,
        AtomicReference<IndexGaps> gaps,
        Supplier<AccountSettings> settings,
        ContentTemplates templates) {

    /** Now, in milliseconds as webhooks show it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    Limits limits() {
        return behaviour.limits();
    }
}
