package io.github.conversations4j.internal.emulator.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything in one service, the lock that guards it, and the one way in which it changes.
 *
 * <p>Nothing here knows a rule; the rules are in the commands ({@link Conversations}, {@link Messages} …), which hand
 * their work to {@link #perform} or {@link #commit}. All fields are guarded by the lock; the methods that find things
 * must be called under it.
 */
final class ServiceState {
    final World world;
    final String sid;
    final Shelf<Room> rooms = new Shelf<>();
    final Map<String, String> roomsByName = new HashMap<>();
    final Shelf<StoredUser> users = new Shelf<>();
    final Map<String, String> usersByIdentity = new HashMap<>();
    final Memberships identities = new Memberships();
    final Memberships addresses = new Memberships();
    final Shelf<StoredRole> roles = new Shelf<>();
    final Shelf<StoredBinding> bindings = new Shelf<>();
    final Shelf<StoredMedia> media = new Shelf<>();
    final Map<String, byte[]> mediaBytes = new HashMap<>();
    final Pace pace = new Pace(50074);
    final Rights rights = new Rights(this);
    final Timekeeper timekeeper = new Timekeeper(this);
    final RandomGenerator chance;
    ServiceSettings settings;
    WebhookSettings webhooks = WebhookSettings.NONE;
    NotificationSettings notifications = NotificationSettings.NONE;

    final List<ChangeListener> recorders = new ArrayList<>(1);

    private final ReentrantLock lock = new ReentrantLock();
    private long sequence;
    private boolean deleted;
    private boolean timersStopped;

    ServiceState(World world, String sid) {
        this.world = world;
        this.sid = sid;
        this.chance = world.sids().split();
        this.settings = DefaultRoles.install(this);
    }

    /** Checks, asks the gate outside the lock, checks again and carries out. */
    <R> R perform(Function<Verdict, Step<R>> command) {
        Gate gate = world.gate().get();
        Verdict verdict = Verdict.ACCEPTED;
        if (gate != Gate.OPEN) {
            verdict = gate.consider(read(() -> command.apply(Verdict.ACCEPTED).proposal()));
            if (!verdict.accepted()) {
                throw TwilioFault.forbidden(50056, "The pre-event webhook rejected the command");
            }
        }
        Verdict decided = verdict;
        return commit(() -> {
            Step<R> step = command.apply(decided);
            pace(step.proposal()).take(world);
            return step.work().get();
        });
    }

    /** Twilio counts what makes, deletes or renames whole things in the service, and everything else in a conversation. */
    private Pace pace(Change proposal) {
        Room room = null;
        if (proposal instanceof Change.OfMessage change) {
            room = rooms.find(change.conversation().sid());
        } else if (proposal instanceof Change.OfParticipant change) {
            room = rooms.find(change.conversation().sid());
        } else if (proposal instanceof Change.OfConversation change && change.updated()) {
            room = rooms.find(change.conversation().sid());
        }
        return room == null ? pace : room.pace;
    }

    /** Carries out what no gate is asked about. */
    <R> R commit(Supplier<R> work) {
        try {
            return read(work);
        } finally {
            world.log().deliver();
        }
    }

    /** Carries out what a timer began, unless the service was deleted meanwhile. */
    void commitIfThere(Runnable work) {
        lock.lock();
        try {
            if (!deleted) {
                work.run();
            }
        } finally {
            lock.unlock();
            world.log().deliver();
        }
    }

    <R> R read(Supplier<R> work) {
        lock.lock();
        try {
            if (deleted) {
                throw TwilioFault.notFound("/Services/" + sid);
            }
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Has no conversation wait for a date any more, from now on; a service that was deleted has none that does. */
    void stopTimers() {
        lock.lock();
        try {
            timersStopped = true;
            rooms.all().forEach(timekeeper::stop);
        } finally {
            lock.unlock();
        }
    }

    /** Whether conversations may wait for dates. */
    boolean timersRun() {
        return !timersStopped;
    }

    /** Ends everything: from now on the service is not found, and no timer of it runs. */
    void delete() {
        read(() -> {
            rooms.all().forEach(timekeeper::stop);
            deleted = true;
            return true;
        });
    }

    void record(Cause cause, List<ScopedWebhook> hooks, Function<Stamp, Change> change) {
        Change made = change.apply(new Stamp(++sequence, world.now(), sid, cause, hooks));
        recorders.forEach(recorder -> recorder.onChange(made));
        world.log().append(made);
    }

    void record(Cause cause, Room room, Function<Stamp, Change> change) {
        record(cause, room.hooks, change);
    }

    Stamp draft(Cause cause, List<ScopedWebhook> hooks) {
        return new Stamp(0, world.now(), sid, cause, hooks);
    }

    /** Notes that somebody is in a conversation. */
    void remember(StoredParticipant participant) {
        Memberships memberships = participant.nonChat() ? addresses : identities;
        String name = participant.name();
        if (name != null) {
            memberships.add(name, participant);
        }
    }

    /** Notes that somebody is in a conversation no more. */
    void forget(StoredParticipant participant) {
        Memberships memberships = participant.nonChat() ? addresses : identities;
        String name = participant.name();
        if (name != null) {
            memberships.remove(name, participant);
        }
    }

    Room room(String sidOrUniqueName) {
        Room found = rooms.find(sidOrUniqueName);
        if (found == null) {
            String named = roomsByName.get(sidOrUniqueName);
            found = named == null ? null : rooms.find(named);
        }
        if (found == null) {
            throw TwilioFault.notFound("/Services/" + sid + "/Conversations/" + sidOrUniqueName);
        }
        return found;
    }

    StoredUser user(String sidOrIdentity) {
        StoredUser found = users.find(sidOrIdentity);
        if (found == null) {
            found = userByIdentity(sidOrIdentity);
        }
        if (found == null) {
            throw TwilioFault.notFound("/Services/" + sid + "/Users/" + sidOrIdentity);
        }
        return found;
    }

    @Nullable
    StoredUser userByIdentity(String identity) {
        String found = usersByIdentity.get(identity);
        return found == null ? null : users.find(found);
    }
}
