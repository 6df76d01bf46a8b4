package io.github.conversations4j.internal.poll;

import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.delivery.Reconciler.End;
import io.github.conversations4j.internal.delivery.Reconciler.Outcome;
import io.github.conversations4j.internal.poll.Poll.Manner;
import io.github.conversations4j.internal.time.SteadyTime;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.PollReport;
import io.github.conversations4j.source.PollSource;
import io.github.conversations4j.source.SourceContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads REST lists again and again, compares them with what is known, and tells what changed: the engine of the poll
 * source and of the sweep. Thread-safe.
 *
 * <p>The position of each conversation moves with each event that the sink has taken. If it refuses one the conversation
 * waits and is read again from there, so nothing is kept for a sink that is slow.
 */
final class Poller {
    /** Both together are about 16 MB. */
    private static final long REMEMBERED_CHARACTERS = 6_000_000;

    private static final long HEARD_CHARACTERS = 2_000_000;

    private final Poll poll;
    private final Followed followed;
    private final ConversationTask conversations;
    private final @Nullable UserTask users;
    private final @Nullable ObserverTask observer;

    private Poller(Poll poll) {
        this.poll = poll;
        this.followed = new Followed(poll);
        ConversationTask list = new ConversationTask(poll, followed, this::beforeTracks);
        this.conversations = list;
        this.observer = poll.options()
                .observer()
                .map(identity -> new ObserverTask(poll, followed, identity, list))
                .orElse(null);
        this.users = poll.options().users() ? new UserTask(poll, () -> followed.done(poll)) : null;
    }

    /**
     * Makes one that has read nothing.
     *
     * @param tell takes connection events
     */
    static Poller create(
            ConversationsApi api,
            PollOptions options,
            Manner manner,
            SourceContext context,
            Consumer<ConversationsEvent> tell) {
        Agenda agenda = new Agenda(context, options.maxCallsInFlight());
        Health health = new Health(context.clock(), context.random(), agenda::pause, tell);
        return new Poller(new Poll(
                api,
                options,
                new Calls(health),
                new Teller(context.sink(), context.clock(), manner.recovers()),
                health,
                agenda,
                new Recollection(REMEMBERED_CHARACTERS),
                new Recollection(HEARD_CHARACTERS),
                new SteadyTime(context.clock()),
                context.random(),
                context.clock().instant(),
                manner));
    }

    /**
     * Begins the first pass.
     *
     * @return completes when it is complete
     */
    CompletableFuture<Void> start() {
        poll.health().moveTo(ConnectionState.CONNECTING);
        if (users != null) {
            followed.waitFor(poll);
            poll.agenda().plan(users, Duration.ZERO);
        }
        poll.agenda().plan(conversations, Duration.ZERO);
        return followed.firstPass().thenRun(poll.health()::started);
    }

    /** Counts are to be older than what is read of a conversation first, so that they do not ask for it again. */
    private void beforeTracks() {
        if (observer != null) {
            poll.agenda().plan(observer, observer.run());
        }
    }

    /**
     * Compares one conversation now, what was told before included.
     *
     * @return completes when everything was taken, or with {@link Outcome#MESSAGES_DONE} if the conversation is one too many
     *     to be followed; fails as the comparison does
     */
    CompletableFuture<Outcome> compare(String conversationSid) {
        Track known = followed.of(conversationSid);
        if (known != null) {
            return compared(known);
        }
        CompletableFuture<Outcome> compared = new CompletableFuture<>();
        poll.agenda().hurry(new Search(conversationSid, compared));
        return compared;
    }

    private static CompletableFuture<Outcome> compared(Track track) {
        return track.compareAll().thenApply(reach -> new Outcome(End.DONE, reach));
    }

    /** Takes note of what was told, by whatever source; called for each event, and quick. */
    void heard(ConversationsEvent event) {
        // Messages that fill holes are read by somebody else, and look as if they came from here.
        boolean isOwn =
                event.meta().source().equals(Teller.SOURCE) && !event.meta().recovered();
        if (isOwn || !(event instanceof ConversationScoped scoped)) {
            return;
        }
        boolean isKnown = followed.heard(scoped);
        if (!isKnown
                && event instanceof ConversationAdded added
                && followed.firstPass().isDone()) {
            Track found = followed.found(added.conversation());
            if (found != null) {
                poll.agenda().plan(found, Duration.ZERO);
            }
        }
    }

    /**
     * Hooks have room again after they had none.
     *
     * @param conversationSid where; empty for the events of no conversation, null for everywhere
     */
    void room(@Nullable String conversationSid) {
        if (conversationSid == null) {
            poll.agenda().roomForAll();
            return;
        }
        Agenda.Task waiting = conversationSid.isEmpty() ? users : followed.of(conversationSid);
        if (waiting != null) {
            poll.agenda().room(waiting);
        }
    }

    /** What it tells of: without what its options leave out. */
    Set<EventType<?>> events() {
        return new PollSource(poll.options()).events();
    }

    PollReport report() {
        return new Costs(poll, followed, conversations, users, observer).report();
    }

    /** Whether nothing is being done and nothing is due. */
    boolean isIdle() {
        return poll.agenda().isIdle();
    }

    int workers() {
        return poll.agenda().workers();
    }

    /** Makes no call any more. Completes when the last worker has left. */
    CompletableFuture<Void> close() {
        poll.health().moveTo(ConnectionState.DISCONNECTING);
        poll.calls().close();
        return poll.agenda().close().thenRun(() -> poll.health().moveTo(ConnectionState.DISCONNECTED));
    }

    /** Looks for a conversation that no list has shown yet. */
    private final class Search implements Agenda.Task {
        private final String sid;
        private final CompletableFuture<Outcome> compared;

        Search(String sid, CompletableFuture<Outcome> compared) {
            this.sid = sid;
            this.compared = compared;
        }

        @Override
        public @Nullable Duration run() {
            try {
                ConversationSnapshot there =
                        poll.calls().find(() -> poll.api().conversations().fetch(sid));
                if (there != null) {
                    followed.found(there);
                }
                Track track = followed.of(sid);
                if (track == null) {
                    compared.complete(there == null ? Outcome.DONE : Outcome.MESSAGES_DONE);
                } else {
                    compared(track).whenComplete((outcome, failure) -> {
                        if (failure == null) {
                            compared.complete(outcome);
                        } else {
                            compared.completeExceptionally(failure);
                        }
                    });
                }
            } catch (RuntimeException | Error e) {
                // Whoever asked tries again, and says so.
                compared.completeExceptionally(e);
            }
            return null;
        }

        @Override
        public String toString() {
            return "conversation " + sid;
        }
    }
}
