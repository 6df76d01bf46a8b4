package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.model.User;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The users that are followed: the own one for as long as the client runs, and those that the application has asked for
 * last, as many as for the official client. Confined to the session's lock.
 */
final class LiveUsers {
    private static final int MAX_OTHERS = 100;

    private final LiveUser own;
    private final String ownIdentity;
    private final Surroundings surroundings;
    private final Map<String, LiveUser> others = new LinkedHashMap<>();

    LiveUsers(AccountConfiguration account, Surroundings surroundings) {
        this.surroundings = surroundings;
        this.ownIdentity = account.identity();
        this.own = new LiveUser(account.identity(), account.myUserInfo(), true, surroundings);
    }

    LiveUser own() {
        return own;
    }

    /** Somebody who is followed; null if they are not. */
    @Nullable
    LiveUser find(String identity) {
        if (identity.equals(ownIdentity)) {
            return own;
        }
        LiveUser other = others.get(identity);
        return other == null || other.isOver() ? null : other;
    }

    /** Follows somebody, and for that perhaps another one no longer. */
    CompletionStage<User> follow(String identity, String mapName) {
        LiveUser known = find(identity);
        if (known != null) {
            return known.opened();
        }
        if (others.size() >= MAX_OTHERS) {
            Iterator<LiveUser> first = others.values().iterator();
            first.next().close();
            first.remove();
        }
        LiveUser user = new LiveUser(identity, mapName, false, surroundings);
        others.put(identity, user);
        return user.opened();
    }

    /** There is room for what was refused. */
    void room() {
        own.room();
        others.values().forEach(LiveUser::room);
    }

    void stop() {
        others.clear();
    }
}
