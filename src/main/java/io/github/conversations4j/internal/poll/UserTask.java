package io.github.conversations4j.internal.poll;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.UserAdded;
import io.github.conversations4j.event.UserUpdateReason;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.internal.poll.Roll.Items;
import io.github.conversations4j.internal.poll.Roll.Meta;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.internal.source.Fields;
import io.github.conversations4j.model.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the users. Run by one worker at a time. Lists do not show who is online, and no event tells of a user who was
 * deleted.
 */
final class UserTask implements Agenda.Task, Roll.Events<User> {
    private static final int LARGEST_PAGE = 50;

    private final Poll poll;
    private final Roll<User> users;
    private final Runnable firstTime;
    private volatile int pages = 1;

    UserTask(Poll poll, Runnable firstTime) {
        this.poll = poll;
        this.firstTime = firstTime;
        this.users = new Roll<>(
                poll,
                new Items<>(
                        User.class,
                        // By SID: whoever is deleted and made again between two looks is somebody new.
                        user -> Objects.requireNonNullElse(user.sid(), user.identity()),
                        User::identity,
                        User::dateCreated,
                        user -> 300 + user.attributes().json().length(),
                        this));
    }

    /** How many pages there are. */
    int pages() {
        return pages;
    }

    @Override
    public Duration run() {
        List<User> all = new ArrayList<>();
        pages = poll.calls()
                .<User>readAll(LARGEST_PAGE, page -> poll.api().users().list(page), page -> all.addAll(page.items()));
        if (users.hasBegun()) {
            users.compare(all, this::isThere, poll.manner().insists());
        } else {
            users.begin(all);
        }
        firstTime.run();
        return poll.next(poll.options().usersEvery());
    }

    /** The edges of pages move when somebody is deleted; one page is one moment. */
    private boolean isThere(Seen user) {
        return pages > 1 && poll.calls().find(() -> poll.api().users().fetch(user.sid())) != null;
    }

    @Override
    public ConversationsEvent added(Meta meta, User now) {
        return new UserAdded(meta.apply(EventIds.added(now), now.dateCreated()), now);
    }

    @Override
    public @Nullable ConversationsEvent updated(Meta meta, @Nullable User before, User now) {
        Set<UserUpdateReason> reasons =
                before == null ? Set.of(UserUpdateReason.UNKNOWN) : Fields.USER.changed(before, now, true);
        return new UserUpdated(meta.apply(EventIds.updated(now), now.dateUpdated()), now, reasons);
    }

    @Override
    public @Nullable ConversationsEvent removed(Meta meta, Seen seen, @Nullable User last) {
        return null;
    }

    @Override
    public String toString() {
        return "the users";
    }
}
