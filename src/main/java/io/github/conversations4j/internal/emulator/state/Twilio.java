package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A Twilio account in memory, with its services. The root of the state; everything else is reached through it.
 *
 * <p>Thread-safe. Holds no thread: its timers run on the scheduler that it was given, and listeners and the gate are
 * called on the thread of whoever acts.
 */
public final class Twilio {
    private final String accountSid;
    private final World world;
    private final Services services;
    private final AccountConfiguration configuration;
    private final Addresses addresses;
    private final PushCredentials credentials;

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
        AtomicReference<AccountSettings> settings =
                new AtomicReference<>(new AccountSettings(serviceSid, sids.next("MG"), null, null));
        this.world = new World(
                clock,
                scheduler,
                sids,
                behaviour,
                new ChangeLog(),
                new AtomicReference<>(Gate.OPEN),
                new AtomicReference<>(IndexGaps.NONE),
                settings::get,
                new ContentTemplates(sids, clock));
        AccountState state = new AccountState(world, settings);
        this.services = new Services(state);
        this.configuration = new AccountConfiguration(state);
        this.addresses = new Addresses(state);
        this.credentials = new PushCredentials(state);
        services.open(Cause.rest(false), serviceSid, "Default Conversations Service");
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
     * Waits until everybody who watches was told what has happened by now, on whatever thread.
     *
     * @param limit how long at most
     * @return what is left of the limit; null if they were not told in time
     * @throws InterruptedException if this thread is interrupted
     */
    public @Nullable Duration await(Duration limit) throws InterruptedException {
        return world.log().await(limit);
    }

    /** Stops the timers of all conversations for good: they may run on a scheduler that goes on. */
    public void stopTimers() {
        services.all().forEach(ChatService::stopTimers);
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
     * Lets somebody ask for gaps in the indexes of messages.
     *
     * @param gaps where they are; {@link IndexGaps#NONE} for nowhere
     */
    public void gaps(IndexGaps gaps) {
        world.gaps().set(gaps);
    }

    /**
     * Opens a service.
     *
     * @param sid the service
     * @return its door
     * @throws TwilioFault if it is not there
     */
    public ChatService service(String sid) {
        return services.open(sid);
    }

    /**
     * Opens the service of the short paths.
     *
     * @return its door
     */
    public ChatService service() {
        return services.open(settings().defaultServiceSid());
    }

    /**
     * Gives the settings of the account.
     *
     * @return the settings as they are now
     */
    public AccountSettings settings() {
        return configuration.settings();
    }

    /**
     * Opens the services.
     *
     * @return commands and queries
     */
    public Services services() {
        return services;
    }

    /**
     * Opens the configuration of the account.
     *
     * @return commands and queries
     */
    public AccountConfiguration configuration() {
        return configuration;
    }

    /**
     * Opens the addresses of the account.
     *
     * @return commands and queries
     */
    public Addresses addresses() {
        return addresses;
    }

    /**
     * Opens the push credentials of the account.
     *
     * @return commands and queries
     */
    public PushCredentials credentials() {
        return credentials;
    }
}
