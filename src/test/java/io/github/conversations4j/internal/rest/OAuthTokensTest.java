package io.github.conversations4j.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.rest.OAuthTokens.Given;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.SettableClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OAuthTokensTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();
    /** The fetches that were started and not looked at yet. */
    private final Deque<CompletableFuture<Given>> fetches = new ArrayDeque<>();

    private final SettableClock clock = new SettableClock(time);
    private final OAuthTokens tokens = new OAuthTokens(this::fetch, clock);

    private CompletableFuture<Given> fetch() {
        CompletableFuture<Given> fetch = new CompletableFuture<>();
        fetches.add(fetch);
        return fetch;
    }

    private void give(String token, Duration life) {
        fetches.remove().complete(new Given(token, life));
    }

    private void giveFirst() {
        tokens.authorization();
        give("first", HOUR);
    }

    @Test
    void oneFetchIsSharedByAllWhoWait() {
        CompletableFuture<String> one = tokens.authorization();
        CompletableFuture<String> other = tokens.authorization();
        CompletableFuture<String> gone = tokens.authorization();
        gone.cancel(true);

        assertThat(fetches).hasSize(1);
        assertThat(one).isNotDone();
        give("first", HOUR);

        assertThat(one).isCompletedWithValue("Bearer first");
        assertThat(other).isCompletedWithValue("Bearer first");
        assertThat(tokens.authorization()).isCompletedWithValue("Bearer first");
        assertThat(fetches).isEmpty();
    }

    @Test
    void aNewOneIsFetchedInTimeThoughTheClockIsSetBack() {
        giveFirst();
        clock.setBack(Duration.ofDays(1));
        tokens.authorization();
        time.advance(Duration.ofMinutes(55));
        tokens.authorization();

        assertThat(fetches).hasSize(1);
    }

    @Test
    void aNewOneIsFetchedBesideBeforeTheOldExpires() {
        giveFirst();
        time.advance(Duration.ofMinutes(55).minusMillis(1));
        assertThat(tokens.authorization()).isCompletedWithValue("Bearer first");
        assertThat(fetches).isEmpty();

        time.advance(Duration.ofMillis(1));
        assertThat(tokens.authorization()).isCompletedWithValue("Bearer first");
        assertThat(tokens.authorization()).isCompletedWithValue("Bearer first");
        assertThat(fetches).hasSize(1);
        give("second", HOUR);

        assertThat(tokens.authorization()).isCompletedWithValue("Bearer second");
        assertThat(fetches).isEmpty();
    }

    @Test
    void lifeCountsFromTheAskingNotFromTheAnswer() {
        CompletableFuture<String> asked = tokens.authorization();
        time.advance(Duration.ofSeconds(50));
        give("first", Duration.ofSeconds(60));
        assertThat(asked).isCompletedWithValue("Bearer first");

        time.advance(Duration.ofSeconds(10));
        assertThat(tokens.authorization()).isNotDone();
    }

    @Test
    void anExpiredOneIsNotUsed() {
        giveFirst();
        time.advance(HOUR);

        CompletableFuture<String> next = tokens.authorization();
        assertThat(next).isNotDone();
        give("second", HOUR);
        assertThat(next).isCompletedWithValue("Bearer second");
    }

    @Test
    void shortLivesAreRenewedInTheirLastQuarter() {
        tokens.authorization();
        give("first", Duration.ofSeconds(40));
        time.advance(Duration.ofSeconds(29));
        tokens.authorization();
        assertThat(fetches).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(tokens.authorization()).isCompletedWithValue("Bearer first");
        assertThat(fetches).hasSize(1);
    }

    @Test
    void aFailureIsSharedAndTheNextCallTriesAgain() {
        CompletableFuture<String> one = tokens.authorization();
        CompletableFuture<String> other = tokens.authorization();
        fetches.remove().completeExceptionally(new ConversationsException("down"));

        assertThatThrownBy(one::join).hasRootCauseMessage("down");
        assertThatThrownBy(other::join).hasRootCauseMessage("down");
        CompletableFuture<String> next = tokens.authorization();
        give("first", HOUR);
        assertThat(next).isCompletedWithValue("Bearer first");
    }

    @Test
    void aFailureBesideAGoodTokenHarmsNobodyAndIsTriedAgainLater() {
        giveFirst();
        time.advance(Duration.ofMinutes(56));
        tokens.authorization();
        fetches.remove().completeExceptionally(new ConversationsException("down"));

        assertThat(tokens.authorization()).isCompletedWithValue("Bearer first");
        assertThat(fetches).as("none right after the failure").isEmpty();
        time.advance(Duration.ofSeconds(10));
        assertThat(tokens.authorization()).isCompletedWithValue("Bearer first");
        assertThat(fetches).hasSize(1);
    }

    @Test
    void aRefusedOneIsGivenUpOnce() {
        giveFirst();
        tokens.refused("Bearer first");
        CompletableFuture<String> next = tokens.authorization();
        give("second", HOUR);
        assertThat(next).isCompletedWithValue("Bearer second");

        tokens.refused("Bearer first");
        assertThat(tokens.authorization()).isCompletedWithValue("Bearer second");
    }

    @Test
    void fetchesThatFailAtOnceLeaveNothingBehind() {
        OAuthTokens failing =
                new OAuthTokens(() -> CompletableFuture.failedFuture(new ConversationsException("closed")), time);

        assertThatThrownBy(failing.authorization()::join).hasRootCauseMessage("closed");
        assertThatThrownBy(failing.authorization()::join).hasRootCauseMessage("closed");
    }

    @Test
    void aFetchThatCannotEvenBeginIsAFailureLikeAnyOther() {
        Deque<Supplier<CompletableFuture<Given>>> next = new ArrayDeque<>();
        next.add(() -> {
            throw new IllegalStateException("no request can be made");
        });
        next.add(() -> {
            throw new NoClassDefFoundError("okhttp3/Request");
        });
        next.add(() -> CompletableFuture.completedFuture(new Given("first", HOUR)));
        OAuthTokens stumbling = new OAuthTokens(() -> next.remove().get(), time);

        CompletableFuture<String> one = stumbling.authorization();
        assertThat(one).isCompletedExceptionally();
        assertThatThrownBy(one::join).hasRootCauseMessage("no request can be made");
        assertThatThrownBy(stumbling.authorization()::join).hasRootCauseMessage("okhttp3/Request");
        assertThat(stumbling.authorization()).isCompletedWithValue("Bearer first");
    }

    @Test
    void aLifeThatNoCalendarKnowsIsAFailureToo() {
        CompletableFuture<String> asked = tokens.authorization();
        give("first", Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(asked).isCompletedExceptionally();
        tokens.authorization();
        assertThat(fetches).hasSize(1);
    }

    @Test
    void nothingShowsTheToken() {
        assertThat(new Given("very-secret", HOUR).toString()).doesNotContain("very-secret");
    }
}
