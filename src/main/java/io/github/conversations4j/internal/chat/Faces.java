package io.github.conversations4j.internal.chat;

import io.github.conversations4j.Profile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The profiles of the people that one list or chat shows. Confined to its mailbox. */
final class Faces {
    private final Profiles profiles;
    private final Mailbox mailbox;
    private final Consumer<Set<String>> met;
    private final Map<String, Profile> known = new HashMap<>();

    /** Whoever was asked for, whether there is a profile or not. */
    private final Set<String> asked = new HashSet<>();

    /**
     * Nobody is known yet.
     *
     * @param met is told whose profiles may have changed
     */
    Faces(Profiles profiles, Mailbox mailbox, Consumer<Set<String>> met) {
        this.profiles = profiles;
        this.mailbox = mailbox;
        this.met = met;
    }

    People people() {
        return new People(known);
    }

    void learn(Set<String> people, Map<String, Profile> found) {
        asked.addAll(people);
        known.keySet().removeAll(people);
        known.putAll(found);
    }

    /** Asks for those who were not asked for yet. */
    void meet(Set<String> people) {
        Set<String> strangers = new HashSet<>(people);
        strangers.removeAll(asked);
        if (!strangers.isEmpty()) {
            asked.addAll(strangers);
            profiles.of(strangers)
                    .thenAccept(found -> mailbox.post(() -> {
                        learn(strangers, found);
                        met.accept(strangers);
                    }));
        }
    }

    /** Somebody may be called otherwise now. */
    void changed(String who) {
        if (asked.remove(who)) {
            profiles.forget(who);
            meet(Set.of(who));
        }
    }
}
