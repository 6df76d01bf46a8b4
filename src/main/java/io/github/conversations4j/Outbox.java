package io.github.conversations4j;

import io.github.conversations4j.Courses.Mark;
import io.github.conversations4j.Letter.Address;
import io.github.conversations4j.error.OutcomeUnknownException;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.commands.ChannelLimits;
import io.github.conversations4j.internal.commands.ClientIdSearch;
import io.github.conversations4j.internal.commands.ClientIdSearch.Reach;
import io.github.conversations4j.internal.commands.SendLimits;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewMessage;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Sends messages and finds out what became of them. Thread-safe.
 *
 * <p>A message counts as sent by whatever tells so first: the answer, its event, or the search that follows when the answer
 * was lost. It is looked for at once and twice more a little later, because a server that was slow to answer may also be
 * slow to store.
 */
final class Outbox {
    /** How many messages are followed after they were stored. */
    static final int MOST_FOLLOWED = 10_000;

    private static final int MOST_UNKNOWN = 10_000;
    private static final Set<EventType<?>> TELLING =
            Set.of(EventType.DELIVERY_UPDATED, EventType.MESSAGE_UPDATED, EventType.PARTICIPANT_UPDATED);
    private static final List<Duration> SEARCHES = List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final ClientRuntime runtime;
    private final Calls calls;
    private final OwnMessages own;
    private final SentMessages sent;
    private final Unconfirmed unconfirmed = new Unconfirmed(MOST_UNKNOWN);

    Outbox(ClientRuntime runtime, Calls calls, OwnMessages own) {
        this.runtime = runtime;
        this.calls = calls;
        this.own = own;
        boolean told = !Collections.disjoint(runtime.supported(), TELLING);
        this.sent = new SentMessages(told ? MOST_FOLLOWED : 0, this::askForDelivery);
    }

    OwnMessages own() {
        return own;
    }

    /** Sends a message for the first time. */
    PendingMessage send(String conversationSid, NewMessage message, List<Upload> uploads) {
        int most = calls.api().files().mostPerMessage();
        SendLimits.check(message, uploads.size(), most);
        String id = own.nextId(conversationSid, message.author());
        Optional<Attributes> stamped = message.attributes().withClientId(id);
        NewMessage outgoing = stamped.map(message::withAttributes).orElse(message);
        SendLimits.stamped(outgoing.attributes());
        return send(
                new Letter(message, outgoing, uploads, new Address(conversationSid, id, sent.leave(conversationSid))));
    }

    /** Sends what another message failed to bring. */
    PendingMessage resend(PendingMessage other) {
        unconfirmed.remove(other);
        sent.leave(other.letter().conversationSid());
        return send(other.letter());
    }

    private PendingMessage send(Letter letter) {
        PendingMessage pending = new PendingMessage(
                this,
                letter,
                new Watchers<>(
                        runtime.threads()::runAnyway,
                        failure -> runtime.report("a hook on the state of a message failed", failure)));
        ConversationsApi api = calls.api();
        unconfirmed.add(pending);
        uploaded(letter)
                .thenCompose(files -> new ChannelLimits(api.participants())
                        .check(letter.conversationSid(), letter.message().body(), sizes(letter.message(), files))
                        .thenApply(fits -> with(letter.outgoing(), files)))
                .thenCompose(complete -> api.messages().send(letter.conversationSid(), complete, letter.mutationId()))
                .whenComplete((message, failure) -> {
                    if (failure == null) {
                        found(pending, message);
                    } else {
                        failed(pending, Causes.of(failure));
                    }
                });
        return pending;
    }

    private static CompletableFuture<List<Media>> uploaded(Letter letter) {
        List<CompletableFuture<Media>> files =
                letter.uploads().stream().map(Upload::future).toList();
        CompletableFuture<List<Media>> all = CompletableFuture.allOf(files.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> files.stream().map(CompletableFuture::join).toList());
        // The first that fails decides; the others may take long.
        files.forEach(file -> file.whenComplete((media, failure) -> {
            if (failure != null) {
                all.completeExceptionally(failure);
            }
        }));
        return all;
    }

    /** What is not known counts as a file of no size, as there may be too many. */
    private static List<Long> sizes(NewMessage message, List<Media> files) {
        return Stream.concat(
                        message.mediaSids().stream().map(sid -> 0L),
                        files.stream().map(file -> file.size() == null ? 0L : file.size()))
                .toList();
    }

    private static NewMessage with(NewMessage message, List<Media> files) {
        return files.isEmpty()
                ? message
                : message.toBuilder()
                        .mediaSids(Stream.concat(
                                        message.mediaSids().stream(),
                                        files.stream().map(Media::sid))
                                .toList())
                        .build();
    }

    private void failed(PendingMessage pending, Throwable cause) {
        if (!(cause instanceof OutcomeUnknownException)) {
            unconfirmed.remove(pending);
            pending.refused(cause);
            reportIfUnseen(pending, cause);
        } else if (pending.letter().clientId() == null) {
            lost(pending, cause);
        } else {
            search(pending, cause, SEARCHES.iterator());
        }
    }

    private void search(PendingMessage pending, Throwable cause, Iterator<Duration> delays) {
        if (pending.stored() != null) {
            return;
        }
        if (!delays.hasNext()) {
            lost(pending, cause);
            return;
        }
        Duration delay = delays.next();
        Runnable look = () -> search(pending).whenComplete((message, failure) -> {
            if (failure == null && message.isPresent()) {
                found(pending, message.get());
            } else {
                search(pending, cause, delays);
            }
        });
        if (delay.isZero()) {
            look.run();
        } else {
            runtime.threads().scheduler().schedule(look, delay);
        }
    }

    private CompletionStage<Optional<Message>> search(PendingMessage pending) {
        String clientId = Objects.requireNonNull(pending.letter().clientId());
        String conversationSid = pending.letter().conversationSid();
        Mark left = pending.letter().left();
        Reach reach = new Reach(left.lastIndex(), () -> sent.sentSince(conversationSid, left));
        return new ClientIdSearch(calls.api().messages(), conversationSid, clientId, reach).find();
    }

    /** Looks for a message once more. */
    Deferred<Optional<Message>> lookUp(PendingMessage pending) {
        Message stored = pending.stored();
        CompletionStage<Optional<Message>> found =
                stored != null || pending.letter().clientId() == null
                        ? CompletableFuture.completedFuture(Optional.ofNullable(stored))
                        : search(pending).thenApply(message -> {
                            message.ifPresent(present -> found(pending, present));
                            return message;
                        });
        return runtime.deferred("look for a message in " + pending.letter().conversationSid(), found);
    }

    private void found(PendingMessage pending, Message message) {
        unconfirmed.remove(pending);
        sent.found(pending, message, Runnable::run);
    }

    /**
     * Takes what an event tells, which may be under a lock.
     *
     * @param later runs what may call others, when no lock is held
     */
    void observe(ConversationsEvent event, Consumer<Runnable> later) {
        if (event instanceof MessageAdded added) {
            added.message().clientId().map(unconfirmed::find).ifPresent(pending -> {
                if (own.isOwn(added.message())
                        && pending.letter().conversationSid().equals(added.conversationSid())) {
                    unconfirmed.remove(pending);
                    sent.found(pending, added.message(), later);
                }
            });
        } else {
            sent.observe(event, later);
        }
    }

    /** A receipt of one recipient says failed: whether it failed for all of them stands in the message. */
    private void askForDelivery(PendingMessage pending) {
        Message message = Objects.requireNonNull(pending.stored());
        calls.api().messages().fetch(message.conversationSid(), message.sid()).whenComplete((now, failure) -> {
            if (failure == null) {
                sent.summary(pending, now.delivery(), Runnable::run);
            }
        });
    }

    private void lost(PendingMessage pending, Throwable cause) {
        unconfirmed.giveUp(pending);
        pending.lost(cause);
        reportIfUnseen(pending, cause);
    }

    /** Ends what is still looked for: nobody will look any more. */
    void close() {
        unconfirmed.waiting().forEach(this::lostByClosing);
    }

    private void lostByClosing(PendingMessage pending) {
        pending.lost(new OutcomeUnknownException(
                what(pending.letter()) + ": the client was closed before it was known whether it was stored", null));
    }

    private void reportIfUnseen(PendingMessage pending, Throwable cause) {
        runtime.later(() -> {
            if (!pending.isLookedAt()) {
                runtime.report(what(pending.letter()) + " failed and nobody looked at it", cause);
            }
        });
    }

    <T> Deferred<T> deferred(Letter letter, CompletionStage<T> stage) {
        return runtime.deferred(what(letter), stage);
    }

    private static String what(Letter letter) {
        return "send a message to " + letter.conversationSid();
    }
}
