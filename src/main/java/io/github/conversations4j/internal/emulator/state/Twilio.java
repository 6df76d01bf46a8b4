package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.Scheduler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A Twilio account in memory, with its services. The root of the state; everything else is reached through it.
 *
 * <p>Thread-safe. Holds no thread: its timers run on the scheduler that it was given, and listeners and the gate are
 * called on the thread of whoever acts.
 */
public final class Twilio {
    private final String accountSid;
    private final World world;

    /** Guards the fields of this group; never held together with the lock of a service. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Shelf<StoredService> services = new Shelf<>();
    private final Shelf<ChatService> doors = new Shelf<>();
    private long sequence;

    private volatile AccountSettings settings;
    private volatile WebhookSettings webhooks = WebhookSettings.NONE;

    /**
     * Makes an account with one service.
     *
     * @param accountSid {@code AC…}
     * @param serviceSid the SID of its default service, {@code IS…}
     * @param behaviour the choices where Twilio's behaviour is not documented
     * @param clock the time
     * @param scheduler what runs the timers
     * @param random where SIDs and chance come from
     */
    public Twilio(
            String accountSid,
            String serviceSid,
            Behaviour behaviour,
            InstantSource clock,
            Scheduler scheduler,
            RandomGenerator random) {
        this.accountSid = accountSid;
        SidSource sids = new SidSource(random);
        this.settings = new AccountSettings(serviceSid, sids.next("MG"), null, null);
        this.world = new World(
                clock,
                scheduler,
                sids,
                sids::split,
                behaviour,
                new ChangeLog(),
                new AtomicReference<>(Gate.OPEN),
                () -> settings);
        open(Cause.rest(false), serviceSid, "Default Conversations Service");
    }

    /**
     * Gives the SID of the account.
     *
     * @return {@code AC…}
     */
    public String accountSid() {
        return accountSid;
    }

    /**
     * Gives the choices.
     *
     * @return the choices where Twilio's behaviour is not documented
     */
    public Behaviour behaviour() {
        return world.behaviour();
    }

    /**
     * Gives the time that the emulator lives in.
     *
     * @return now, in milliseconds
     */
    public Instant now() {
        return world.now();
    }

    /**
     * Gives the maker of SIDs.
     *
     * @return the maker
     */
    public SidSource sids() {
        return world.sids();
    }

    /**
     * Watches everything that happens from now on.
     *
     * @param listener is told
     * @return ends it
     */
    public Runnable listen(ChangeListener listener) {
        return world.log().listen(listener);
    }

    /**
     * Lets somebody decide about what is about to happen.
     *
     * @param gate decides; {@link Gate#OPEN} for nobody
     */
    public void gate(Gate gate) {
        world.gate().set(gate);
    }

    /**
     * Gives the settings of the account.
     *
     * @return the settings as they are now
     */
    public AccountSettings settings() {
        return settings;
    }

    /**
     * Gives where the webhooks of the account go.
     *
     * @return the settings as they are now
     */
    public WebhookSettings webhooks() {
        return webhooks;
    }

    /**
     * Sets where the webhooks of the account go.
     *
     * @param cause who acts
     * @param settings the new settings, all of them
     */
    public void webhooks(Cause cause, WebhookSettings settings) {
        commit(() -> {
            WebhookSettings before = webhooks;
            webhooks = settings;
            record(cause, stamp -> new Change.OfResource(stamp, before, settings));
            return settings;
        });
    }

    /**
     * Makes a service.
     *
     * @param cause who acts
     * @param friendlyName its name
     * @return the service
     * @throws TwilioFault if a rule forbids it
     */
    public StoredService createService(Cause cause, String friendlyName) {
        String name =
                Rules.text(friendlyName, "FriendlyName", 50003, world.limits().name(), null);
        if (name == null) {
            throw TwilioFault.invalid(50000, "FriendlyName must be given");
        }
        return open(cause, world.sids().next("IS"), name);
    }

    /**
     * Deletes a service with everything in it.
     *
     * @param cause who acts
     * @param sid the service
     * @throws TwilioFault if it is not there, or is the default service, without which the short paths lead nowhere
     */
    public void deleteService(Cause cause, String sid) {
        ChatService gone = commit(() -> {
            StoredService before = stored(sid);
            if (sid.equals(settings.defaultServiceSid())) {
                throw TwilioFault.invalid(50002, "Service " + sid + " is the default service of the account");
            }
            services.remove(sid);
            record(cause, stamp -> new Change.OfResource(stamp, before, null));
            return doors.remove(sid);
        });
        if (gone != null) {
            gone.delete();
        }
    }

    /**
     * Opens a service.
     *
     * @param sid the service
     * @return its door
     * @throws TwilioFault if it is not there
     */
    public ChatService service(String sid) {
        lock.lock();
        try {
            ChatService found = doors.find(sid);
            if (found == null) {
                throw TwilioFault.notFound("/Services/" + sid);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Opens the service of the short paths.
     *
     * @return its door
     */
    public ChatService service() {
        return service(settings.defaultServiceSid());
    }

    /**
     * Finds a service.
     *
     * @param sid the service
     * @return the service
     * @throws TwilioFault if it is not there
     */
    public StoredService storedService(String sid) {
        return commit(() -> stored(sid));
    }

    /**
     * Lists services.
     *
     * @param at which page
     * @return the page
     */
    public ShelfPage<StoredService> services(PageAt at) {
        return commit(() -> services.page(at, service -> true));
    }

    private StoredService stored(String sid) {
        StoredService found = services.find(sid);
        if (found == null) {
            throw TwilioFault.notFound("/Services/" + sid);
        }
        return found;
    }

    private StoredService open(Cause cause, String sid, String friendlyName) {
        Instant now = world.now();
        StoredService made = new StoredService(sid, friendlyName, now, now);
        ChatService door = new ChatService(new ServiceState(world, sid));
        return commit(() -> {
            services.add(sid, made);
            doors.add(sid, door);
            record(cause, stamp -> new Change.OfResource(stamp, null, made));
            return made;
        });
    }

    private <R> R commit(Supplier<R> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
            world.log().deliver();
        }
    }

    private void record(Cause cause, Function<Stamp, Change> change) {
        world.log().append(change.apply(new Stamp(++sequence, world.now(), null, cause, List.of())));
    }
}
