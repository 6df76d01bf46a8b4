package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.event.ConversationsEvent;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one conversation, or of the client: its work runs one piece at a time, in order.
 *
 * <p>States: <em>waiting</em> for the executor, <em>running</em> on one of its threads, <em>suspended</em> while an
 * asynchronous hook has not ended, <em>retired</em>. A lane is made with its first piece of work and retires when it
 * has none, so that an idle conversation costs nothing; work that meets a retired lane goes to a new one. It gives its
 * thread back after {@value #TURN} pieces so that a flood in one conversation holds up no other.
 */
final class Lane implements Runnable {
    private static final int TURN = 64;

    private final String key;
    private final Lanes lanes;

    // Guarded by this.
    private @Nullable Work first;
    private @Nullable ArrayDeque<Work> more;
    private int size;
    private boolean retired;

    // Written by the thread that runs the lane, read by close().
    private volatile @Nullable Thread runner;
    private volatile @Nullable Work current;

    Lane(String key, Lanes lanes, Work work) {
        this.key = key;
        this.lanes = lanes;
        this.first = work;
        this.size = 1;
    }

    String key() {
        return key;
    }

    /**
     * Adds work at the end.
     *
     * @return what became of it; a retired lane takes none
     */
    synchronized Added add(Work work, int limit) {
        if (retired) {
            return Added.RETIRED;
        }
        if (size >= limit) {
            return Added.FULL;
        }
        size++;
        if (first == null && more == null) {
            first = work;
        } else {
            if (more == null) {
                more = new ArrayDeque<>();
            }
            more.add(work);
        }
        return Added.ADDED;
    }

    /** The next piece of work; retires the lane if there is none. */
    private synchronized @Nullable Work take() {
        Work work = first;
        if (work != null) {
            first = null;
        } else if (more != null) {
            work = more.poll();
        }
        if (work == null) {
            retired = true;
        } else {
            size--;
        }
        return work;
    }

    @Override
    public void run() {
        runner = Thread.currentThread();
        try {
            for (int i = 0; i < TURN; i++) {
                Work work = take();
                if (work == null) {
                    lanes.retire(this);
                    return;
                }
                current = work;
                CompletionStage<?> pending = lanes.perform(work);
                if (pending != null) {
                    pending.whenComplete((done, failure) -> resume(work));
                    return;
                }
                end(work);
            }
        } finally {
            runner = null;
        }
        lanes.execute(this);
    }

    private void resume(Work work) {
        end(work);
        lanes.execute(this);
    }

    private void end(Work work) {
        current = null;
        work.done().run();
        lanes.ended();
    }

    /** The work that has begun and not ended; null if there is none. */
    @Nullable
    Work current() {
        return current;
    }

    boolean runsOn(Thread thread) {
        return runner == thread;
    }

    String eventType() {
        Work work = current;
        return work == null ? "finished" : work.event().type().eventName();
    }

    /**
     * Interrupts the thread that runs the lane.
     *
     * @return where that thread was, which names the hook; empty if the lane is suspended
     */
    Optional<Throwable> interrupt() {
        Thread running = runner;
        if (running == null) {
            return Optional.empty();
        }
        Throwable where = new Throwable("stack of " + running.getName());
        where.setStackTrace(running.getStackTrace());
        running.interrupt();
        return Optional.of(where);
    }

    enum Added {
        ADDED,
        FULL,
        RETIRED
    }

    /**
     * A piece of work.
     *
     * @param event the event to call hooks with
     * @param only the one hook to call, which missed this event when it was sticky; null for all
     * @param done runs when every hook has ended
     */
    record Work(ConversationsEvent event, @Nullable Registration only, Runnable done) {}
}
