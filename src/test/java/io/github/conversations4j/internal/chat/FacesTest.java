package io.github.conversations4j.internal.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.Profile;
import io.github.conversations4j.testing.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is asked for again: those whom the resolver has failed on, and those of whom it told long ago. */
class FacesTest {
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final ManualTime time = new ManualTime();
    private final List<Set<String>> asked = new ArrayList<>();
    private final List<Set<String>> met = new ArrayList<>();
    private boolean failing;
    private final Surroundings surroundings =
            new Surroundings(Runnable::run, time, time, new Random(1), (what, cause) -> {});
    private final Faces faces = new Faces(
            new Profiles(this::resolve, new Profiles.Limits(100, 100, LIFETIME, Duration.ofSeconds(5)), surroundings),
            new Mailbox(Runnable::run, cause -> {
                throw new AssertionError(cause);
            }),
            surroundings,
            met::add);

    private Map<String, Profile> resolve(Set<String> ids) throws IOException {
        asked.add(Set.copyOf(ids));
        if (failing) {
            throw new IOException("the user table is gone");
        }
        Map<String, Profile> found = new HashMap<>();
        ids.forEach(id -> found.put(id, new Profile(id + " " + asked.size(), null)));
        return found;
    }

    private Map<String, Profile> known() {
        return faces.people().profiles();
    }

    @Test
    void whom_the_resolver_failed_on_is_asked_for_again_with_growing_pauses_until_it_answers() {
        failing = true;
        faces.meet(Set.of("bob"));
        faces.meet(Set.of("bob"));
        assertThat(asked).hasSize(1);
        time.advance(Duration.ofMinutes(2));
        assertThat(asked).hasSizeBetween(4, 7);
        assertThat(known()).isEmpty();

        failing = false;
        time.advance(Duration.ofMinutes(6));
        assertThat(known()).containsOnlyKeys("bob");
        assertThat(met).last().isEqualTo(Set.of("bob"));
        int calls = asked.size();
        time.advance(LIFETIME.minusMinutes(7));
        assertThat(asked).hasSize(calls);
        assertThat(time.pending())
                .as("only the limit of a question may be left")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void an_answer_holds_for_its_lifetime_and_is_asked_for_again_when_it_is_shown_after_that() {
        faces.meet(Set.of("bob"));
        time.advance(LIFETIME.minusMillis(1));
        faces.refresh();
        assertThat(known()).containsEntry("bob", new Profile("bob 1", null));
        time.advance(Duration.ofMillis(1));
        assertThat(asked).as("nobody is shown").hasSize(1);
        faces.refresh();
        assertThat(known()).containsEntry("bob", new Profile("bob 2", null));
    }

    @Test
    void what_was_known_stays_while_the_resolver_fails() {
        faces.meet(Set.of("bob"));
        failing = true;
        time.advance(LIFETIME);
        faces.meet(Set.of("bob"));
        assertThat(known()).containsEntry("bob", new Profile("bob 1", null));
    }

    @Test
    void nobody_is_asked_for_once_it_is_closed() {
        failing = true;
        faces.meet(Set.of("bob"));
        faces.close();
        time.advance(Duration.ofHours(1));
        faces.meet(Set.of("carl"));
        assertThat(asked).hasSize(1);
        assertThat(time.pending()).isZero();
    }

    @Test
    void an_answer_may_hold_for_ever() {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        Profiles profiles = new Profiles(this::resolve, new Profiles.Limits(100, 100, forEver, forEver), surroundings);
        Faces lasting = new Faces(
                profiles,
                new Mailbox(Runnable::run, cause -> {
                    throw new AssertionError(cause);
                }),
                surroundings,
                met::add);
        lasting.meet(Set.of("bob"));
        time.advance(Duration.ofDays(10_000));
        lasting.refresh();
        assertThat(lasting.people().profiles()).containsEntry("bob", new Profile("bob 1", null));
        assertThat(asked).hasSize(1);
    }
}
