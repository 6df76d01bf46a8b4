package io.github.conversations4j;

import static io.github.conversations4j.ClientFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.conversations4j.tests.FakeSource;
import io.github.conversations4j.tests.SampleEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriptionScopeTest {
    private final FakeSource source = FakeSource.ofMessages();
    private final ConversationsClient client =
            ConversationsClient.start(new ClientFixture().onTheSpot(source).build());
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void close() {
        assertThat(client.close(LONG)).isTrue();
    }

    @Test
    void everything_of_a_scope_stops_with_it_and_nothing_else_does() {
        SubscriptionScope scope = client.scope();
        client.onMessageAdded(event -> seen.add("client"));
        Subscription one = scope.onMessageAdded(event -> seen.add("scope"));
        scope.onMessageUpdated(event -> {});
        scope.onAsync(io.github.conversations4j.event.EventType.MESSAGE_ADDED, event -> {
            seen.add("async");
            return CompletableFuture.completedFuture(null);
        });
        scope.add(client.conversation(SampleEvents.conversation(1)).onMessageAdded(event -> seen.add("conversation")));
        source.message(1, 0);
        assertThat(seen).containsExactly("client", "scope", "async", "conversation");
        assertThat(client.activeHooks()).isEqualTo(5);
        scope.close();
        scope.close();
        source.message(1, 1);
        assertThat(seen).hasSize(5).endsWith("client");
        assertThat(one.isActive()).isFalse();
        assertThat(client.activeHooks()).isEqualTo(1);
    }

    @Test
    void a_handle_of_a_scope_can_be_stopped_alone() {
        SubscriptionScope scope = client.scope();
        Subscription first = scope.onMessageAdded(event -> seen.add("first"));
        scope.onMessageAdded(event -> seen.add("second"));
        first.unsubscribe();
        source.message(1, 0);
        assertThat(seen).containsExactly("second");
        scope.close();
        assertThat(client.activeHooks()).isZero();
    }

    @Test
    void a_scope_may_be_closed_inside_one_of_its_hooks() {
        SubscriptionScope scope = client.scope();
        scope.onMessageAdded(event -> {
            seen.add("once");
            scope.close();
        });
        scope.onMessageAdded(event -> seen.add("never"));
        source.message(1, 0);
        source.message(1, 1);
        assertThat(seen).containsExactly("once");
    }

    @Test
    void a_closed_scope_takes_nothing_and_stops_what_it_was_given() {
        SubscriptionScope scope = client.scope();
        scope.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> scope.onMessageAdded(event -> {}))
                .withMessage("the subscription scope is closed; ask the client for a new one");
        Subscription foreign = client.onMessageAdded(event -> {});
        assertThatIllegalStateException().isThrownBy(() -> scope.add(foreign));
        assertThat(foreign.isActive()).isFalse();
        assertThat(client.activeHooks()).isZero();
    }

    @Test
    void hooks_that_were_stopped_are_not_kept() {
        SubscriptionScope scope = client.scope();
        for (int hook = 0; hook < 10_000; hook++) {
            scope.onMessageAdded(event -> {}).unsubscribe();
        }
        assertThat(scope.size()).isLessThan(100);
        Subscription kept = scope.onMessageAdded(event -> {});
        scope.close();
        assertThat(kept.isActive()).isFalse();
    }
}
