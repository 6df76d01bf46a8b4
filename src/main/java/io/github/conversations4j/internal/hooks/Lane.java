package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.event.ConversationsEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one conversation, or of the client: its work runs one piece at a time, in order.
 *
 * <p>States: <em>new</em>, until whoever made it starts it; <em>waiting</em> for the executor, <em>running</em> on one of its
 * threads, <em>suspended</em> while an asynchronous hook, or one that is called again, has not ended, <em>retired</em>. A
 * lane is made with its first piece of work and retires when it has none, so that an idle conversation costs nothing; work
 * that meets a retired lane goes to a new one. It offers its thread to others after {@value #TURN} pieces so that a flood in
 * one conversation holds up no other.
 */
final class Lane implements Runnable, Queued {
    static final int TURN = 64;

    private final String key;
    private final Lanes lanes;

    // Guarded by this. The queue is made when more than one piece waits.
    private @Nullable Work first;
    private @Nullable ArrayDeque<Work> more;
    private int size = 1;
    private boolean retired;

    /** At which size there is room again for what was turned away; -1 if nothing was. Written under the lock. */
    private volatile int roomAt = -1;

    // Guarded by this, so that whoever interrupts a thread finds it in this lane.
    private @Nullable Thread runner;
    private @Nullable Work current;

    /** Who is at the current work besides the runner. A list that can change is made when somebody is. */
    private List<Thread> beside = List.of();

    Lane(String key, Lanes lanes, Work work) {
        this.key = key;
        this.lanes = lanes;
        this.first = work;
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
            roomAt = limit / 2;
            return Added.FULL;
        }
        size++;
        if (more == null) {
            more = new ArrayDeque<>();
        }
        more.add(work);
        return Added.ADDED;
    }

    /**
     * Retires a lane that has never run, if it holds only the work it was made with.
     *
     * @return whether it did
     */
    synchronized boolean withdraw() {
        boolean untouched = first != null && size == 1;
        if (untouched) {
            first = null;
            retired = true;
        }
        return untouched;
    }

    /**
     * Ends the current piece of work and gives the next one, which is the current one from then on; retires the lane if
     * there is none.
     */
    private synchronized @Nullable Work next() {
        if (current != null) {
            size--;
        }
        Work work = first;
        if (work != null) {
            first = null;
        } else if (more != null) {
            work = more.poll();
        }
        retired = work == null;
        runner = retired ? null : Thread.currentThread();
        current = work;
        return work;
    }

    @Override
    public boolean start() {
        return lanes.start(this);
    }

    @Override
    public void run() {
        boolean goOn = true;
        while (goOn) {
            goOn = turn() && lanes.keepThread(this);
        }
    }

    /** Does what waits, but not more than a turn; returns whether there may be more. */
    private boolean turn() {
        for (int i = 0; i < TURN; i++) {
            Work work = next();
            if (roomAt >= 0 && hasRoomAgain()) {
                lanes.tellRoom(key);
            }
            if (work == null) {
                lanes.retire(this);
                return false;
            }
            CompletionStage<?> rest = lanes.perform(work);
            if (rest != null) {
                // First: once the stage completes, another thread goes on with this lane.
                suspend();
                rest.whenComplete((done, failure) -> resume(work));
                return false;
            }
            lanes.ended(work);
        }
        pause();
        return true;
    }

    private synchronized boolean hasRoomAgain() {
        boolean room = size <= roomAt;
        roomAt = room ? -1 : roomAt;
        return room;
    }

    private synchronized void suspend() {
        runner = null;
    }

    private synchronized void pause() {
        runner = null;
        current = null;
        size--;
    }

    private void resume(Work work) {
        synchronized (this) {
            current = null;
            size--;
        }
        lanes.ended(work);
        lanes.execute(this);
    }

    /** Does a further step of the current work, which the lane waits for. */
    void beside(Runnable step) {
        Thread thread = Thread.currentThread();
        synchronized (this) {
            beside = beside.isEmpty() ? new ArrayList<>() : beside;
            beside.add(thread);
        }
        try {
            step.run();
        } finally {
            synchronized (this) {
                beside.remove(thread);
            }
        }
    }

    synchronized boolean runsOn(Thread thread) {
        return runner == thread || beside.contains(thread);
    }

    /**
     * Interrupts every thread that is at the work of the lane.
     *
     * @return what each was at, or that nobody is; empty if no work has begun that has not ended
     */
    synchronized List<Unfinished> interrupt() {
        Work work = current;
        if (work == null) {
            return List.of();
        }
        Set<Thread> threads = new LinkedHashSet<>(beside);
        if (runner != null) {
            threads.add(runner);
        }
        if (threads.isEmpty()) {
            return List.of(new Unfinished(work.event(), null));
        }
        List<Unfinished> all = new ArrayList<>();
        for (Thread thread : threads) {
            all.add(new Unfinished(work.event(), thread.getStackTrace()));
            thread.interrupt();
        }
        return all;
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
     * @param done runs when every hook has ended; never if the work is abandoned
     * @param own whether the client tells the event itself; else a source did
     */
    record Work(ConversationsEvent event, @Nullable Registration only, Runnable done, boolean own) {}

    /**
     * Work that was given up.
     *
     * @param event the event whose hooks have not ended
     * @param stack where the interrupted thread was, which names the hook; null if no thread is at it, only a stage that
     *     has not completed or a pause before the next call
     */
    record Unfinished(ConversationsEvent event, StackTraceElement @Nullable [] stack) {}
}
