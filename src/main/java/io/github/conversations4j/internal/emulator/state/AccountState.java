package io.github.conversations4j.internal.emulator.state;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the account itself has, and the lock that guards it. The settings may be read without the lock, because services
 * ask for them under their own.
 */
final class AccountState {
    final World world;
    final Shelf<StoredService> services = new Shelf<>();
    final Shelf<ChatService> doors = new Shelf<>();
    final Shelf<AddressConfiguration> addresses = new Shelf<>();
    final Shelf<PushCredential> credentials = new Shelf<>();
    WebhookSettings webhooks = WebhookSettings.NONE;

    /** Written under the lock. */
    final AtomicReference<AccountSettings> settings;

    private final ReentrantLock lock = new ReentrantLock();
    private long sequence;

    AccountState(World world, AtomicReference<AccountSettings> settings) {
        this.world = world;
        this.settings = settings;
    }

    <R> R commit(Supplier<R> work) {
        try {
            return read(work);
        } finally {
            world.log().deliver();
        }
    }

    <R> R read(Supplier<R> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    void record(Cause cause, @Nullable Record before, @Nullable Record after) {
        Stamp stamp = new Stamp(++sequence, world.now(), null, cause, List.of());
        world.log().append(new Change.OfResource(stamp, before, after));
    }
}
