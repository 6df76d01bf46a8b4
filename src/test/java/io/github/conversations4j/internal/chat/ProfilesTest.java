package io.github.conversations4j.internal.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.Profile;
import io.github.conversations4j.ProfileResolver;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.SettableClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When the resolver is asked, and for whom. */
class ProfilesTest {
    private final ManualTime time = new ManualTime();
    private final SettableClock clock = new SettableClock(time);
    private final Queue<Runnable> blocking = new ArrayDeque<>();
    private final List<Set<String>> asked = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();

    private Profiles profiles(int most, ProfileResolver resolver) {
        return new Profiles(
                resolver,
                new Profiles.Limits(most, 3, Duration.ofMinutes(10), Duration.ofSeconds(5)),
                new Surroundings(blocking::add, clock, time, new Random(1), (what, cause) -> reported.add(what)));
    }

    private Map<String, Profile> knowing(Set<String> ids) {
        asked.add(Set.copyOf(ids));
        Map<String, Profile> found = new HashMap<>();
        ids.stream().filter(id -> !id.equals("nobody")).forEach(id -> found.put(id, new Profile("Dr. " + id, null)));
        return found;
    }

    private void work() {
        for (Runnable task = blocking.poll(); task != null; task = blocking.poll()) {
            task.run();
        }
    }

    private static Map<String, Profile> now(CompletionStage<Map<String, Optional<Profile>>> stage) {
        return Profiles.found(stage.toCompletableFuture().getNow(Map.of("not", Optional.of(new Profile("yet", null)))));
    }

    @Test
    void whoever_is_wanted_while_nobody_is_asked_goes_into_one_batch() {
        Profiles profiles = profiles(100, this::knowing);
        CompletionStage<Map<String, Optional<Profile>>> first = profiles.of(Set.of("a", "b"));
        CompletionStage<Map<String, Optional<Profile>>> second = profiles.of(Set.of("b", "c"));
        work();

        assertThat(asked).containsExactly(Set.of("a", "b", "c"));
        assertThat(now(first)).containsOnlyKeys("a", "b");
        assertThat(now(second)).containsOnlyKeys("b", "c");
    }

    @Test
    void large_batches_are_divided() {
        Profiles profiles = profiles(100, this::knowing);
        Set<String> seven = IntStream.range(0, 7).mapToObj(String::valueOf).collect(Collectors.toSet());
        CompletionStage<Map<String, Optional<Profile>>> all = profiles.of(seven);
        work();

        assertThat(asked).extracting(Set::size).containsExactly(3, 3, 1);
        assertThat(now(all)).containsOnlyKeys(seven);
    }

    @Test
    void who_is_known_or_known_to_be_nobody_is_asked_for_again_when_the_time_is_over_or_they_changed() {
        Profiles profiles = profiles(100, this::knowing);
        profiles.of(Set.of("a", "nobody"));
        work();
        assertThat(now(profiles.of(Set.of("a", "nobody")))).containsOnlyKeys("a");
        work();
        assertThat(asked).hasSize(1);

        profiles.forget("a");
        profiles.of(Set.of("a", "nobody"));
        work();
        assertThat(asked).hasSize(2).last().isEqualTo(Set.of("a"));

        time.advance(Duration.ofMinutes(10));
        profiles.of(Set.of("a"));
        work();
        assertThat(asked).hasSize(3);

        clock.setBack(Duration.ofDays(1));
        profiles.of(Set.of("a"));
        time.advance(Duration.ofMinutes(10));
        profiles.of(Set.of("a"));
        work();
        assertThat(asked).as("though the clock was set back").hasSize(4);
    }

    @Test
    void only_so_many_are_kept_and_whoever_was_wanted_longest_ago_is_let_go() {
        Profiles profiles = profiles(2, this::knowing);
        List.of("a", "b", "a", "c", "a").forEach(id -> {
            profiles.of(Set.of(id));
            work();
        });
        assertThat(asked).containsExactly(Set.of("a"), Set.of("b"), Set.of("c"));
    }

    @Test
    void a_failure_is_reported_and_not_kept() {
        Profiles profiles = profiles(100, ids -> {
            asked.add(Set.copyOf(ids));
            throw new IllegalStateException("no table");
        });
        assertThat(now(profiles.of(Set.of("a")))).containsOnlyKeys("not");
        work();
        assertThat(reported)
                .containsExactly("the profile resolver has failed for 1 people, who are shown by their ids");
        CompletionStage<Map<String, Optional<Profile>>> again = profiles.of(Set.of("a"));
        work();
        assertThat(asked).hasSize(2);
        assertThat(now(again)).isEmpty();
    }

    @Test
    void nobody_waits_longer_than_the_limit_and_the_late_answer_is_kept() {
        Profiles profiles = profiles(100, this::knowing);
        CompletionStage<Map<String, Optional<Profile>>> waiting = profiles.of(Set.of("a"));
        time.advance(Duration.ofSeconds(5));

        assertThat(now(waiting)).isEmpty();
        assertThat(reported)
                .containsExactly("the profile resolver is too slow for 1 people, who are shown by their ids");
        work();
        assertThat(now(profiles.of(Set.of("a")))).containsOnlyKeys("a");
        assertThat(asked).hasSize(1);
    }

    @Test
    void an_answer_tells_who_has_none_and_leaves_out_for_whom_there_is_none() {
        Profiles profiles = profiles(100, this::knowing);
        CompletionStage<Map<String, Optional<Profile>>> answered = profiles.of(Set.of("nobody"));
        work();
        assertThat(answered.toCompletableFuture().join()).containsExactly(Map.entry("nobody", Optional.empty()));

        Profiles failing = profiles(100, ids -> {
            throw new IllegalStateException("no table");
        });
        CompletionStage<Map<String, Optional<Profile>>> unanswered = failing.of(Set.of("a"));
        work();
        assertThat(unanswered.toCompletableFuture().join()).isEmpty();
    }

    @Test
    void whoever_changes_while_they_are_asked_for_is_asked_for_again() {
        List<Profiles> self = new ArrayList<>();
        Profiles profiles = profiles(100, ids -> {
            Map<String, Profile> found = knowing(ids);
            if (asked.size() == 1) {
                self.get(0).forget("a");
            }
            return found.keySet().stream()
                    .collect(Collectors.toMap(id -> id, id -> new Profile(id + " of " + asked.size(), null)));
        });
        self.add(profiles);
        CompletionStage<Map<String, Optional<Profile>>> both = profiles.of(Set.of("a", "b"));
        work();

        assertThat(asked).containsExactly(Set.of("a", "b"), Set.of("a"));
        assertThat(now(both))
                .containsEntry("a", new Profile("a of 2", null))
                .containsEntry("b", new Profile("b of 1", null));
    }
}
