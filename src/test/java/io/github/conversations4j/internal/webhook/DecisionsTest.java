package io.github.conversations4j.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.Subscription;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.source.DraftType;
import io.github.conversations4j.source.MessageDraft;
import io.github.conversations4j.source.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Questions that nobody has time for. */
class DecisionsTest {
    private static final MessageDraft DRAFT =
            new MessageDraft("CH1", null, null, "bob", "hi", Attributes.EMPTY, List.of(), null, "bob");

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final List<String> reports = new ArrayList<>();
    private final Decisions decisions = new Decisions(waiting::add, (what, cause) -> reports.add(what));

    @Test
    void oneQuestionTooManyIsLeftUndecidedAndReported() {
        decisions.register(DraftType.MESSAGE_ADDED, draft -> Verdict.reject());
        List<CompletableFuture<Verdict>> open = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            open.add(decisions.decide(DraftType.MESSAGE_ADDED, DRAFT));
        }

        assertThat(decisions.decide(DraftType.MESSAGE_ADDED, DRAFT)).isCompletedWithValue(null);
        assertThat(reports).singleElement().asString().contains("256");
        assertThat(open).noneMatch(CompletableFuture::isDone);

        waiting.forEach(Runnable::run);
        assertThat(open)
                .allSatisfy(verdict -> assertThat(verdict.join().isRejected()).isTrue());
        decisions.decide(DraftType.MESSAGE_ADDED, DRAFT);
        assertThat(reports).hasSize(1);
    }

    @Test
    void anExecutorThatTakesNoMoreLeavesItUndecided() {
        Decisions closing = new Decisions(
                task -> {
                    throw new RejectedExecutionException("closed");
                },
                (what, cause) -> reports.add(what));
        closing.register(DraftType.MESSAGE_ADDED, draft -> Verdict.reject());

        for (int i = 0; i < 300; i++) {
            assertThat(closing.decide(DraftType.MESSAGE_ADDED, DRAFT)).isCompletedWithValue(null);
        }
        assertThat(reports).as("every place was given back").isEmpty();
    }

    @Test
    void anExecutorThatFailsLeavesItUndecidedAndIsReported() {
        Decisions failing = new Decisions(
                task -> {
                    throw new InternalError("no further thread can be made");
                },
                (what, cause) -> reports.add(what));
        failing.register(DraftType.MESSAGE_ADDED, draft -> Verdict.reject());

        for (int i = 0; i < 300; i++) {
            assertThat(failing.decide(DraftType.MESSAGE_ADDED, DRAFT)).isCompletedWithValue(null);
        }
        assertThat(reports)
                .as("every place was given back")
                .hasSize(300)
                .containsOnly("before hooks for onMessageAdd could not be run");
    }

    @Test
    void nobodyDecidesOnceItIsClosed() {
        Subscription before = decisions.register(DraftType.MESSAGE_ADDED, draft -> Verdict.reject());
        CompletableFuture<Verdict> asked = decisions.decide(DraftType.MESSAGE_ADDED, DRAFT);

        decisions.close();
        Subscription after = decisions.register(DraftType.MESSAGE_ADDED, draft -> Verdict.reject());

        assertThat(before.isActive()).isFalse();
        assertThat(after.isActive()).isFalse();
        assertThat(decisions.anyFor(DraftType.MESSAGE_ADDED)).isFalse();
        waiting.forEach(Runnable::run);
        assertThat(asked).isCompletedWithValueMatching(verdict -> !verdict.isRejected());
    }
}
