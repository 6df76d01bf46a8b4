package io.github.conversations4j.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.error.ClientClosedException;
import io.github.conversations4j.error.TokenException;
import io.github.conversations4j.error.TokenException.Reason;
import io.github.conversations4j.internal.token.TokenKeeper.Surroundings;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.token.AccessToken;
import io.github.conversations4j.token.TokenMinter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** All on one thread and on manual time; what many threads do to it is in {@link TokenKeeperThreadsTest}. */
class TokenKeeperTest {
    private static final Duration TTL = Duration.ofHours(1);
    /** No chance: refreshes lie exactly at the lead, pauses are the shortest possible (three quarters of their base). */
    private static final RandomGenerator NO_CHANCE = () -> 0L;

    private final ManualTime time = new ManualTime();
    private final Instant start = time.instant();
    private final TokenMinter minter = TokenMinter.builder("AC1")
            .apiKey("SK1", "0123456789abcdef0123456789abcdef")
            .serviceSid("IS1")
            .clock(time)
            .build();

    /** What the token function does next; when there is nothing here it mints. */
    private final Deque<Callable<String>> answers = new ArrayDeque<>();

    private Callable<String> usually = () -> minter.mint("alice");
    private final List<Long> calls = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private final List<TokenException> failures = new ArrayList<>();
    private Executor executor = Runnable::run;
    private InstantSource clock = time;

    private final TokenListener listener = new TokenListener() {
        @Override
        public void aboutToExpire(AccessToken token) {
            note("aboutToExpire", token);
        }

        @Override
        public void expired(AccessToken token) {
            note("expired", token);
        }

        @Override
        public void renewed(AccessToken token) {
            note("renewed", token);
        }

        @Override
        public void failed(TokenException cause) {
            news.add("failed " + cause.reason() + " @" + seconds());
            failures.add(cause);
        }

        /** With the end of the token concerned, which tells tokens apart. */
        private void note(String what, AccessToken token) {
            Instant end = token.expiresAt();
            String until = end == null
                    ? "?"
                    : String.valueOf(Duration.between(start, end).toSeconds());
            news.add(what + " " + until + " @" + seconds());
        }
    };

    private long seconds() {
        return Duration.between(start, time.instant()).toSeconds();
    }

    private TokenKeeper keeper() {
        return new TokenKeeper(
                () -> {
                    calls.add(seconds());
                    Callable<String> answer = answers.poll();
                    return (answer == null ? usually : answer).call();
                },
                listener,
                RefreshPolicy.DEFAULT,
                new Surroundings(clock, time, NO_CHANCE, task -> executor.execute(task)));
    }

    private void advance(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    private static CompletableFuture<AccessToken> ask(TokenKeeper keeper) {
        return keeper.current().toCompletableFuture();
    }

    /** Asks and expects an answer at once. */
    private static AccessToken get(TokenKeeper keeper) {
        CompletableFuture<AccessToken> answer = ask(keeper);
        assertThat(answer).isCompleted();
        return answer.join();
    }

    private static Reason reasonOf(CompletableFuture<?> answer) {
        assertThat(answer).isCompletedExceptionally();
        try {
            answer.join();
            throw new AssertionError("must have failed");
        } catch (CompletionException failed) {
            return ((TokenException) failed.getCause()).reason();
        }
    }

    private static Callable<String> failing() {
        return () -> {
            throw new IOException("token server is down");
        };
    }

    /** Collects tasks until they are told to run, as a pool with busy threads would. */
    private Deque<Runnable> holdCalls() {
        Deque<Runnable> held = new ArrayDeque<>();
        executor = held::add;
        return held;
    }

    @Test
    void asksNobodyBeforeItIsAsked() {
        try (TokenKeeper keeper = keeper()) {
            assertThat(calls).isEmpty();
            assertThat(time.pending()).isZero();
            assertThat(get(keeper).identity()).isEqualTo("alice");
        }
    }

    @Test
    void givesAFreshTokenWithoutAnotherCall() {
        TokenKeeper keeper = keeper();
        AccessToken first = get(keeper);
        advance(3299);
        assertThat(get(keeper)).isSameAs(first);
        assertThat(calls).containsExactly(0L);
        assertThat(news).isEmpty();
    }

    @Test
    void allWhoWaitShareOneCall() {
        Deque<Runnable> held = holdCalls();
        TokenKeeper keeper = keeper();
        List<CompletableFuture<AccessToken>> waiting =
                IntStream.range(0, 50).mapToObj(i -> ask(keeper)).toList();
        assertThat(held).hasSize(1);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        held.remove().run();
        assertThat(waiting).extracting(CompletableFuture::join).containsOnly(get(keeper));
        assertThat(calls).hasSize(1);
    }

    @Test
    void refreshesFiveMinutesBeforeTheEndAndWarnsOfEachTokenOnce() {
        TokenKeeper keeper = keeper();
        get(keeper);
        advance(2 * 3300);
        assertThat(news)
                .containsExactly(
                        "aboutToExpire 3600 @3300",
                        "renewed 6900 @3300",
                        "aboutToExpire 6900 @6600",
                        "renewed 10200 @6600");
        assertThat(calls).containsExactly(0L, 3300L, 6600L);
    }

    @Test
    void refreshesShortTokensInTheLastQuarterOfTheirLife() {
        usually = () -> minter.withTtl(Duration.ofSeconds(40)).mint("alice");
        get(keeper());
        advance(60);
        assertThat(calls).containsExactly(0L, 30L, 60L);
    }

    @Test
    void spreadsTheRefreshesOfManyClients() {
        TokenKeeper keeper = new TokenKeeper(
                () -> minter.mint("alice"),
                listener,
                RefreshPolicy.DEFAULT,
                new Surroundings(time, time, () -> -1L, Runnable::run));
        get(keeper);
        assertThat(time.untilNext().orElseThrow()).isBetween(Duration.ofSeconds(3240), Duration.ofSeconds(3241));
    }

    @Test
    void letsNobodyWaitForARefreshThatIsNotUrgent() {
        TokenKeeper keeper = keeper();
        AccessToken first = get(keeper);
        Deque<Runnable> held = holdCalls();
        advance(3300);
        assertThat(held).hasSize(1);
        assertThat(get(keeper)).isSameAs(first);
        held.remove().run();
        assertThat(get(keeper)).isNotEqualTo(first);
        assertThat(news).containsExactly("aboutToExpire 3600 @3300", "renewed 6900 @3300");
    }

    @Test
    void nearTheEndWhoeverAsksWaitsForTheRunningCallAndGetsTheOldTokenIfItFails() {
        usually = () -> minter.withTtl(Duration.ofSeconds(40)).mint("alice");
        TokenKeeper keeper = keeper();
        AccessToken first = get(keeper);
        Deque<Runnable> held = holdCalls();
        answers.add(failing());
        advance(38);
        assertThat(get(keeper)).as("two seconds before the end").isSameAs(first);
        advance(1);
        CompletableFuture<AccessToken> waiting = ask(keeper);
        assertThat(waiting).as("one second before the end").isNotDone();
        held.remove().run();
        assertThat(waiting).isCompletedWithValue(first);
        assertThat(get(keeper)).as("while it pauses").isSameAs(first);
        advance(1);
        assertThat(ask(keeper)).as("at the end").isNotDone();
    }

    @Test
    void aFailedRefreshLeavesTheOldTokenInUseAsLongAsItLives() {
        TokenKeeper keeper = keeper();
        AccessToken first = get(keeper);
        usually = failing();
        advance(3599);
        assertThat(get(keeper)).isSameAs(first);
        advance(1);
        assertThat(ask(keeper)).isNotDone();
        assertThat(news).contains("expired 3600 @3600");
        assertThat(news.stream()
                        .filter(entry -> entry.startsWith("aboutToExpire"))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void pausesLongerAfterEachFailureUpToAMinute() {
        usually = failing();
        TokenKeeper keeper = keeper();
        assertThat(reasonOf(ask(keeper))).isEqualTo(Reason.FETCH_FAILED);
        advance(300);
        // Bases 1, 2, 4, 8, 16, 32, 60, 60 … of which three quarters are paused.
        assertThat(calls).containsExactly(0L, 0L, 2L, 5L, 11L, 23L, 47L, 92L, 137L, 182L, 227L, 272L);
        assertThat(failures).hasSize(12).allSatisfy(failure -> {
            assertThat(failure)
                    .hasMessage(
                            "access token: the token function failed with java.io.IOException: token server is down;"
                                    + " it will be called again");
            assertThat(failure.getCause()).isInstanceOf(IOException.class);
        });
    }

    @Test
    void askingMoreOftenAsksTheTokenServerNoMoreOften() {
        usually = failing();
        TokenKeeper keeper = keeper();
        for (int i = 0; i < 10_000; i++) {
            ask(keeper);
            time.advance(Duration.ofMillis(30));
        }
        assertThat(calls).hasSize(12);
        usually = () -> minter.mint("alice");
        CompletableFuture<AccessToken> waiting = ask(keeper);
        assertThat(waiting).isNotDone();
        advance(60);
        assertThat(waiting).isCompleted();
        assertThat(calls).hasSize(13);
    }

    @Test
    void whoeverAsksDuringAPauseHearsOfTheCallAfterIt() {
        answers.add(failing());
        answers.add(() -> "  ");
        TokenKeeper keeper = keeper();
        assertThat(reasonOf(ask(keeper))).isEqualTo(Reason.FETCH_FAILED);
        CompletableFuture<AccessToken> second = ask(keeper);
        assertThat(second).isNotDone();
        advance(1);
        assertThat(reasonOf(second)).isEqualTo(Reason.NO_TOKEN);
    }

    @Test
    void startsOverWithShortPausesAfterATokenThatServedItsTime() {
        answers.addAll(List.of(failing(), failing(), failing()));
        TokenKeeper keeper = keeper();
        ask(keeper);
        advance(10);
        get(keeper);
        answers.add(failing());
        int before = calls.size();
        advance(3300);
        assertThat(calls.subList(before, calls.size())).containsExactly(3305L, 3305L);
    }

    @Test
    void aWarningOfTheServerLeadsToOneCall() {
        TokenKeeper keeper = keeper();
        AccessToken first = get(keeper);
        advance(1000);
        Deque<Runnable> held = holdCalls();
        keeper.aboutToExpire(first);
        keeper.aboutToExpire(first);
        assertThat(held).hasSize(1);
        held.remove().run();
        keeper.aboutToExpire(first);
        assertThat(held).isEmpty();
        assertThat(news).containsExactly("aboutToExpire 3600 @1000", "renewed 4600 @1000");

        AccessToken second = get(keeper);
        advance(1000);
        keeper.aboutToExpire(second);
        held.remove().run();
        assertThat(news).endsWith("aboutToExpire 4600 @2000", "renewed 5600 @2000");
    }

    @Test
    void aServerThatWarnsOfShortTokensAtOnceCausesNoStorm() {
        usually = () -> minter.withTtl(Duration.ofMinutes(2)).mint("alice");
        TokenKeeper keeper = keeper();
        AccessToken warned = null;
        for (int second = 0; second < 3600; second++) {
            AccessToken token = get(keeper);
            if (token != warned) {
                keeper.aboutToExpire(token);
                warned = token;
            }
            advance(1);
        }
        assertThat(calls).hasSize(3600 / 90 + 1);
        assertThat(news.stream()
                        .filter(entry -> entry.startsWith("aboutToExpire"))
                        .count())
                .as("one warning for each token that was used")
                .isEqualTo(40);
        assertThat(news).noneMatch(entry -> entry.startsWith("expired"));
    }

    @Test
    void aTokenThatTheServerEndsIsNeverGivenOutAgain() {
        TokenKeeper keeper = keeper();
        AccessToken first = get(keeper);
        advance(1800);
        keeper.expired(first);
        keeper.expired(first);
        AccessToken second = get(keeper);
        assertThat(second).isNotEqualTo(first);
        assertThat(news).containsExactly("expired 3600 @1800", "renewed 5400 @1800");
        keeper.expired(first);
        assertThat(get(keeper)).isSameAs(second);
        assertThat(calls).hasSize(2);
    }

    @Test
    void whoeverWaitsForAReplacementOfAnEndedTokenHearsOfTheFailure() {
        TokenKeeper keeper = keeper();
        AccessToken first = get(keeper);
        advance(1800);
        Deque<Runnable> held = holdCalls();
        keeper.expired(first);
        CompletableFuture<AccessToken> waiting = ask(keeper);
        answers.add(failing());
        held.remove().run();
        assertThat(reasonOf(waiting)).isEqualTo(Reason.FETCH_FAILED);
    }

    @Test
    void tokensThatTheServerEndsAtOnceAreFetchedWithGrowingPauses() {
        TokenKeeper keeper = keeper();
        for (int second = 0; second < 3600; second++) {
            ask(keeper).thenAccept(keeper::expired);
            advance(1);
        }
        assertThat(calls.size()).isBetween(70, 90);
        assertThat(calls).startsWith(0L, 0L, 2L, 5L, 11L, 23L, 47L);
    }

    @Test
    void refusedTokensAreReportedWithTheServersWordsAndFetchedWithGrowingPauses() {
        TokenKeeper keeper = keeper();
        for (int second = 0; second < 3600; second++) {
            ask(keeper).thenAccept(token -> keeper.refused(token, "UNAUTHORIZED 20101 Invalid Access Token"));
            advance(1);
        }
        assertThat(calls.size()).isBetween(70, 90);
        assertThat(failures).hasSameSizeAs(calls).allSatisfy(failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
            assertThat(failure).hasMessageContaining("\"alice\"").hasMessageContaining("20101 Invalid Access Token");
        });
        assertThat(news).noneMatch(entry -> entry.startsWith("expired"));
    }

    @Test
    void aRefusalOfAnOlderTokenMeansNothing() {
        TokenKeeper keeper = keeper();
        AccessToken first = get(keeper);
        advance(3300);
        AccessToken second = get(keeper);
        keeper.refused(first, "late");
        assertThat(get(keeper)).isSameAs(second);
        assertThat(failures).isEmpty();
    }

    @Test
    void aTokenFunctionThatHangsIsInterruptedAndWhatItBringsLaterIsDropped() {
        Deque<Runnable> held = holdCalls();
        TokenKeeper keeper = keeper();
        CompletableFuture<AccessToken> waiting = ask(keeper);
        advance(29);
        assertThat(waiting).isNotDone();
        advance(1);
        assertThat(reasonOf(waiting)).isEqualTo(Reason.FETCH_TIMED_OUT);
        assertThat(failures.get(0)).hasMessageContaining("did not return within PT30S");
        held.remove().run();
        assertThat(calls).as("a call that was over before it began").isEmpty();
        CompletableFuture<AccessToken> second = ask(keeper);
        advance(1);
        assertThat(second).isNotDone();
        held.remove().run();
        assertThat(second).isCompleted();
    }

    @Test
    void saysWhatIsWrongWithATokenThatIsOfNoUse() {
        String stale = minter.withTtl(Duration.ofSeconds(5)).mint("alice");
        advance(5);
        answers.add(() -> null);
        answers.add(() -> "");
        answers.add(() -> "{\"token\":\"eyJ\"}");
        answers.add(() -> stale);
        TokenKeeper keeper = keeper();
        ask(keeper);
        advance(20);
        assertThat(failures)
                .extracting(TokenException::reason)
                .containsExactly(Reason.NO_TOKEN, Reason.NO_TOKEN, Reason.NO_TOKEN, Reason.EXPIRED);
        assertThat(failures)
                .extracting(Throwable::getMessage)
                .satisfiesExactly(
                        message -> assertThat(message).isEqualTo("access token: the token function returned null"),
                        message -> assertThat(message).endsWith("only an empty text"),
                        message -> assertThat(message).contains("whole answer of a token server"),
                        message -> assertThat(message)
                                .contains("it expires at 2026-01-01T00:00:05Z", "clock of this machine")
                                .doesNotContain(stale));
        assertThat(get(keeper).identity()).isEqualTo("alice");
    }

    @Test
    void staysWithOneIdentity() {
        TokenKeeper keeper = keeper();
        AccessToken first = get(keeper);
        answers.add(() -> minter.mint("bob"));
        advance(3300);
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.OTHER_IDENTITY);
            assertThat(failure).hasMessageContaining("belongs to \"bob\" and those before it to \"alice\"");
        });
        assertThat(get(keeper)).isSameAs(first);
        advance(1);
        assertThat(get(keeper))
                .isNotEqualTo(first)
                .extracting(AccessToken::identity)
                .isEqualTo("alice");
    }

    @Test
    void noticesATokenServerThatCaches() {
        String cached = minter.mint("alice");
        usually = () -> cached;
        TokenKeeper keeper = keeper();
        get(keeper);
        advance(3600);
        assertThat(failures).isNotEmpty().allMatch(failure -> failure.reason() == Reason.NOT_NEWER);
        assertThat(calls.size()).isBetween(8, 14);
        assertThat(news).contains("expired 3600 @3600");
        assertThat(ask(keeper)).isNotDone();
    }

    @Test
    void anOpaqueTokenHasNoTimersAndLivesUntilTheServerSaysOtherwise() {
        usually = () -> "opaque-" + calls.size();
        TokenKeeper keeper = keeper();
        AccessToken first = get(keeper);
        assertThat(time.pending()).isZero();
        advance(100_000);
        assertThat(get(keeper)).isSameAs(first);
        keeper.aboutToExpire(first);
        assertThat(get(keeper).text()).isEqualTo("opaque-2");
        assertThat(news).containsExactly("aboutToExpire ? @100000", "renewed ? @100000");
        keeper.aboutToExpire(get(keeper));
        assertThat(get(keeper).text()).as("young, so after a pause").isEqualTo("opaque-2");
        advance(1);
        assertThat(get(keeper).text()).isEqualTo("opaque-3");
    }

    @Test
    void takesATokenThatTheApplicationBrings() {
        TokenKeeper keeper = keeper();
        AccessToken first = get(keeper);
        advance(10);
        String brought = minter.mint("alice");
        keeper.offer(first.text());
        assertThat(news).isEmpty();
        keeper.offer("  " + brought + "\n");
        assertThat(get(keeper).text()).isEqualTo(brought);
        assertThat(news).containsExactly("renewed 3610 @10");
        assertThatThrownBy(() -> keeper.offer(minter.mint("bob")))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_IDENTITY));
        assertThat(time.pending()).isEqualTo(1);
        assertThat(calls).hasSize(1);
    }

    @Test
    void aBroughtTokenEndsTheWaitForAFailingTokenFunction() {
        usually = failing();
        TokenKeeper keeper = keeper();
        ask(keeper);
        CompletableFuture<AccessToken> waiting = ask(keeper);
        keeper.offer(minter.mint("alice"));
        assertThat(waiting).isCompleted();
        advance(60);
        assertThat(calls).hasSize(1);
        keeper.refused(get(keeper), "no");
        assertThatThrownBy(() -> keeper.offer(waiting.join().text()))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_NEWER));
    }

    @Test
    void noticesAtTheNextQuestionThatTheClockHasJumped() {
        Duration[] jump = {Duration.ZERO};
        clock = () -> time.instant().plus(jump[0]);
        TokenKeeper keeper = keeper();
        AccessToken first = get(keeper);
        jump[0] = Duration.ofHours(-3);
        advance(3300);
        assertThat(get(keeper)).as("by a clock that is three hours behind").isSameAs(first);
        jump[0] = Duration.ofHours(2);
        usually = () -> minter.withTtl(Duration.ofHours(4)).mint("alice");
        assertThat(ask(keeper)).isCompleted().isNotSameAs(first);
        assertThat(news).containsExactly("expired 3600 @3300", "renewed 17700 @3300");
    }

    @Test
    void anExecutorThatTakesNothingIsAFailedCall() {
        executor = task -> {
            throw new RejectedExecutionException("shut down");
        };
        TokenKeeper keeper = keeper();
        assertThat(reasonOf(ask(keeper))).isEqualTo(Reason.FETCH_FAILED);
        assertThat(failures.get(0).getCause()).isInstanceOf(RejectedExecutionException.class);
        assertThat(time.pending()).isEqualTo(1);
    }

    @Test
    void anErrorOfTheTokenFunctionIsAFailedCall() {
        answers.add(() -> {
            throw new StackOverflowError();
        });
        TokenKeeper keeper = keeper();
        assertThat(reasonOf(ask(keeper))).isEqualTo(Reason.FETCH_FAILED);
        advance(1);
        assertThat(get(keeper).identity()).isEqualTo("alice");
    }

    @Test
    void aListenerThatThrowsStopsNothing() {
        TokenListener broken = new TokenListener() {
            @Override
            public void aboutToExpire(AccessToken token) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void expired(AccessToken token) {}

            @Override
            public void renewed(AccessToken token) {
                throw new StackOverflowError("on purpose");
            }

            @Override
            public void failed(TokenException cause) {}
        };
        TokenKeeper keeper = new TokenKeeper(
                () -> minter.mint("alice"),
                broken,
                RefreshPolicy.DEFAULT,
                new Surroundings(time, time, NO_CHANCE, Runnable::run));
        AccessToken first = get(keeper);
        advance(3300);
        assertThat(get(keeper)).isNotEqualTo(first);
        advance(3300);
        assertThat(get(keeper).expiresAt()).isEqualTo(start.plusSeconds(6600).plus(TTL));
    }

    @Test
    void aListenerMayAskTheKeeperItself() {
        List<AccessToken> asked = new ArrayList<>();
        TokenKeeper[] keeper = new TokenKeeper[1];
        TokenListener asking = new TokenListener() {
            @Override
            public void aboutToExpire(AccessToken token) {
                keeper[0].current().thenAccept(asked::add);
            }

            @Override
            public void expired(AccessToken token) {}

            @Override
            public void renewed(AccessToken token) {
                keeper[0].current().thenAccept(asked::add);
            }

            @Override
            public void failed(TokenException cause) {}
        };
        keeper[0] = new TokenKeeper(
                () -> minter.mint("alice"),
                asking,
                RefreshPolicy.DEFAULT,
                new Surroundings(time, time, NO_CHANCE, Runnable::run));
        AccessToken first = get(keeper[0]);
        advance(3300);
        assertThat(asked).containsExactly(first, get(keeper[0]));
    }

    @Test
    void leavesNothingBehindWhenItIsClosed() {
        Deque<Runnable> held = holdCalls();
        TokenKeeper calling = keeper();
        CompletableFuture<AccessToken> waiting = ask(calling);
        calling.close();
        calling.close();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(ClientClosedException.class);
        assertThatThrownBy(ask(calling)::join).hasCauseInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> calling.offer("x")).isInstanceOf(ClientClosedException.class);
        assertThat(time.pending()).isZero();
        held.remove().run();
        assertThat(calls).isEmpty();

        executor = Runnable::run;
        TokenKeeper holding = keeper();
        AccessToken token = get(holding);
        answers.add(failing());
        holding.close();
        holding.expired(token);
        holding.refused(token, "no");
        holding.aboutToExpire(token);
        answers.clear();
        answers.add(failing());
        TokenKeeper pausing = keeper();
        ask(pausing);
        assertThat(time.pending()).isEqualTo(1);
        pausing.close();
        assertThat(time.pending()).isZero();
        assertThat(news).containsExactly("failed FETCH_FAILED @0");
    }

    @Test
    void livesThroughAMonthWithATokenServerThatIsOftenDown() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        usually = () -> {
            if (random.nextInt(3) == 0) {
                throw new IOException("down");
            }
            return minter.mint("alice");
        };
        TokenKeeper keeper = keeper();
        ask(keeper);
        LongStream.range(0, 30 * 24).forEach(hour -> {
            advance(3600);
            assertThat(get(keeper).expiresAt()).as("seed %d", seed).isAfter(time.instant());
        });
        assertThat(calls.size()).as("seed %d", seed).isBetween(800, 1_500);
        assertThat(news).as("seed %d", seed).noneMatch(entry -> entry.startsWith("expired"));
    }
}
