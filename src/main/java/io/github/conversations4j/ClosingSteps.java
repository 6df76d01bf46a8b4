package io.github.conversations4j;

import io.github.conversations4j.internal.time.Deadline;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The steps in which a client goes down, one after the other within one time limit. A step that throws is reported and
 * skips no other: what the application handed in, such as a store or a scheduler, may have been closed before. Confined
 * to the thread that closes.
 */
final class ClosingSteps {
    private final Deadline deadline;
    private final BiConsumer<String, Throwable> report;
    private boolean complete = true;

    /**
     * No step was taken.
     *
     * @param deadline of all steps together
     * @param report is told what steps throw
     */
    ClosingSteps(Deadline deadline, BiConsumer<String, Throwable> report) {
        this.deadline = deadline;
        this.report = report;
    }

    /**
     * Takes a step that has nothing to wait for.
     *
     * @param what it does, for the report
     */
    void run(String what, Runnable step) {
        await(what, any -> {
            step.run();
            return true;
        });
    }

    /**
     * Takes a step that waits.
     *
     * @param what it does, for the report
     * @param step says whether everything had ended in time
     */
    void await(String what, Predicate<Deadline> step) {
        try {
            complete &= step.test(deadline);
        } catch (Throwable e) {
            complete = false;
            report.accept("close: " + what + " failed", e);
        }
    }

    /** Whether everything had ended in time, and nothing was thrown. */
    boolean isComplete() {
        return complete;
    }
}
