package io.github.conversations4j.internal.poll;

import io.github.conversations4j.internal.delivery.Reach;
import io.github.conversations4j.model.ConversationSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What other tasks leave for the next run of a {@link Track}. Thread-safe. */
final class Inbox {
    // Guarded by this.
    private final List<CompletableFuture<Reach>> requests = new ArrayList<>(0);
    private ConversationSnapshot listed;
    private boolean fetchWanted;

    Inbox(ConversationSnapshot listed) {
        this.listed = listed;
    }

    /**
     * What a run finds when it starts.
     *
     * @param listed the conversation as a list showed it
     * @param fetch whether it is to be asked for by itself
     * @param requests who wants to have everything compared, and waits for it
     */
    record Word(ConversationSnapshot listed, boolean fetch, List<CompletableFuture<Reach>> requests) {
        /** Whether everything is to be compared. */
        boolean all() {
            return !requests.isEmpty();
        }
    }

    /**
     * The list of conversations shows it.
     *
     * @return whether it shows it otherwise than before
     */
    synchronized boolean listed(ConversationSnapshot now) {
        boolean changed = !now.equals(listed);
        // The one that is kept elsewhere too, as long as it is the same.
        listed = changed ? now : listed;
        return changed;
    }

    /** The conversation is to be asked for by itself; again with each run until it was. */
    synchronized void wantFetch() {
        fetchWanted = true;
    }

    /** Everything is to be compared. */
    synchronized CompletableFuture<Reach> request() {
        CompletableFuture<Reach> request = new CompletableFuture<>();
        requests.add(request);
        fetchWanted = true;
        return request;
    }

    /** What there is for a run; requests are answered by it. */
    synchronized Word take() {
        Word word = new Word(listed, fetchWanted, List.copyOf(requests));
        requests.clear();
        return word;
    }

    /** The conversation was asked for by itself. */
    synchronized void fetched(ConversationSnapshot now) {
        listed = now;
        fetchWanted = false;
    }
}
