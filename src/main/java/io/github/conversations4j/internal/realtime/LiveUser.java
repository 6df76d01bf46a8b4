package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.UserSubscribed;
import io.github.conversations4j.event.UserUnsubscribed;
import io.github.conversations4j.event.UserUpdateReason;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.internal.realtime.sync.SyncChange;
import io.github.conversations4j.internal.realtime.sync.SyncChange.Kind;
import io.github.conversations4j.internal.realtime.sync.SyncItem;
import io.github.conversations4j.internal.realtime.sync.SyncKind;
import io.github.conversations4j.internal.realtime.sync.SyncObject;
import io.github.conversations4j.internal.realtime.sync.SyncRoot;
import io.github.conversations4j.internal.realtime.sync.SyncWatcher;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.internal.source.Fields;
import io.github.conversations4j.model.User;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A user whose name and attributes are followed. Confined to the session's lock; the stage may be used by anybody. */
final class LiveUser implements SyncWatcher {
    private final String identity;
    private final boolean initial;
    private final Surroundings surroundings;
    private final SyncObject object;
    private final Map<String, JsonNode> items = new HashMap<>(4);
    private CompletableFuture<User> opened = new CompletableFuture<>();
    private Consumer<User> reader = nobody -> {};
    private @Nullable User user;

    LiveUser(String identity, String mapName, boolean initial, Surroundings surroundings) {
        this.identity = identity;
        this.initial = initial;
        this.surroundings = surroundings;
        this.object = surroundings.sync().open(SyncKind.MAP, mapName, true, this);
    }

    /** Completes when the user was read; fails when that is refused, though it is tried again. */
    CompletionStage<User> opened() {
        return opened;
    }

    /** Says who hears of the user, inside the lock, once they were read, however late. */
    void whenRead(Consumer<User> who) {
        reader = who;
    }

    /** The last state; null until the user was read. */
    @Nullable
    User user() {
        return user;
    }

    boolean isOver() {
        return object.isOver();
    }

    /** There is room for what was refused. */
    void room() {
        object.room();
    }

    void close() {
        object.close();
        unsubscribed();
    }

    private User read() {
        return SyncModels.user(identity, items.get("friendlyName"), items.get("attributes"), items.get("reachability"));
    }

    @Override
    public void opened(SyncRoot root) {
        for (SyncItem item : root.items()) {
            items.put(item.key(), item.data());
        }
        User now = read();
        user = now;
        Outlet outlet = surroundings.outlet();
        String id = EventIds.once(EventType.USER_SUBSCRIBED, identity);
        EventMeta meta = initial ? outlet.initial(id) : outlet.meta(id, null, false);
        outlet.offerSurely(new UserSubscribed(meta, now));
        reader.accept(now);
        CompletableFuture<User> waiting = opened;
        // That one may have failed before.
        opened = CompletableFuture.completedFuture(now);
        surroundings.context().exclusive().after(() -> waiting.complete(now));
    }

    @Override
    public void reopened(SyncRoot root) {
        items.clear();
        for (SyncItem item : root.items()) {
            items.put(item.key(), item.data());
        }
        User now = read();
        User former = user;
        Set<UserUpdateReason> reasons = former == null ? Set.of() : Fields.USER.changed(former, now, true);
        if (!reasons.isEmpty()) {
            Outlet outlet = surroundings.outlet();
            outlet.offerSurely(new UserUpdated(outlet.meta(EventIds.updated(now), null, true), now, reasons));
        }
        user = now;
    }

    @Override
    public boolean changed(SyncChange change, boolean recovered) {
        JsonNode before = items.get(change.key());
        if (change.kind() == Kind.REMOVED) {
            items.remove(change.key());
        } else {
            items.put(change.key(), change.data());
        }
        User now = read();
        User former = user;
        Set<UserUpdateReason> reasons = former == null ? Set.of() : Fields.USER.changed(former, now, true);
        if (!reasons.isEmpty()) {
            Outlet outlet = surroundings.outlet();
            EventMeta meta = outlet.meta(EventIds.updated(now), change.date(), recovered);
            if (!outlet.offer(new UserUpdated(meta, now, reasons))) {
                restore(change.key(), before);
                return false;
            }
        }
        user = now;
        return true;
    }

    private void restore(String key, @Nullable JsonNode before) {
        if (before == null) {
            items.remove(key);
        } else {
            items.put(key, before);
        }
    }

    private void unsubscribed() {
        User last = user;
        if (last != null) {
            user = null;
            Outlet outlet = surroundings.outlet();
            String id = EventIds.once(EventType.USER_UNSUBSCRIBED, identity);
            outlet.offerSurely(new UserUnsubscribed(outlet.meta(id, null, false), last));
        }
    }

    @Override
    public void gone() {
        unsubscribed();
        surroundings
                .context()
                .exclusive()
                .after(() -> opened.completeExceptionally(
                        new ConversationsException("read user " + identity + ": there is no such user")));
    }

    @Override
    public void failed(ConversationsException why) {
        CompletableFuture<User> waiting = opened;
        surroundings.context().exclusive().after(() -> waiting.completeExceptionally(why));
    }
}
