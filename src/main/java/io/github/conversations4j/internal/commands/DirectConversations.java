package io.github.conversations4j.internal.commands;

import io.github.conversations4j.Scheduler;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.Participant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds or makes the one conversation between two people. Immutable.
 *
 * <p>What keeps it single is Twilio's rule that a unique name is given once: the name is made from the two identities, so all
 * processes that try at the same time try to create the same name, one succeeds, and the others find what it made. Whoever
 * gets the conversation then adds who is missing, so that a process that dies between creating and adding leaves nothing
 * behind that the next caller does not complete.
 *
 * <p>A conversation that was closed keeps its name and cannot be opened again (that it keeps the name is an assumption; if
 * it did not, the name would simply be created anew). The next caller therefore goes on to the next generation of the name,
 * for which the same holds.
 *
 * <p>A participant finds a conversation by its name only when they take part in it. So within a client they take turns, and
 * if the name is taken by the other person's client, that one is given a moment to add us. If it died before it did, the
 * conversation stays out of our sight: only the other person or a back end can complete it.
 *
 * @param api the way to Twilio
 * @param turns keeps those apart who want the same conversation
 * @param scheduler wakes us when we look again
 */
public record DirectConversations(ConversationsApi api, Turns turns, Scheduler scheduler) {
    /** How long somebody else may take between creating a conversation and adding us; three seconds in all. */
    private static final List<Duration> PAUSES =
            Stream.of(100, 200, 400, 800, 1500).map(Duration::ofMillis).toList();

    private static final String PREFIX = "direct-";
    private static final int MOST_GENERATIONS = 100;

    /**
     * Gives the conversation with both people in it.
     *
     * @param one an identity; on a participant's client its own
     * @param other another identity
     * @return the conversation, not closed
     */
    public CompletionStage<ConversationSnapshot> between(String one, String other) {
        String name = nameOf(one, other);
        return turns.take(name, () -> generation(List.of(one, other), name, 1));
    }

    /**
     * Refuses what is no pair.
     *
     * @param one an identity
     * @param other another identity
     */
    public static void requireTwo(String one, @Nullable String other) {
        if (Arguments.identity(other).equals(one)) {
            throw new IllegalArgumentException("identity: a direct conversation needs two people, both were " + one);
        }
    }

    private CompletionStage<ConversationSnapshot> generation(List<String> both, String name, int number) {
        if (number > MOST_GENERATIONS) {
            throw new ConversationsException("direct conversation of " + both + ": was closed " + MOST_GENERATIONS
                    + " times, and no further one is begun; delete some of them");
        }
        String uniqueName = number == 1 ? name : name + '-' + number;
        CompletionStage<ConversationSnapshot> made = api.conversations()
                .create(NewConversation.builder().uniqueName(uniqueName).build())
                .thenCompose(fresh -> with(both, fresh));
        return AlreadyThere.UNIQUE_NAME.or(
                made,
                () -> find(uniqueName, PAUSES)
                        .thenCompose(found -> found.state() == ConversationState.CLOSED
                                ? generation(both, name, number + 1)
                                : withBoth(both, found)));
    }

    private CompletionStage<ConversationSnapshot> find(String uniqueName, List<Duration> pauses) {
        return api.conversations()
                .fetch(uniqueName)
                .<CompletionStage<ConversationSnapshot>>handle((found, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(found);
                    }
                    Throwable cause = Causes.of(failure);
                    if (!(cause instanceof NotFoundException) || pauses.isEmpty()) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    CompletableFuture<ConversationSnapshot> later = new CompletableFuture<>();
                    scheduler.schedule(
                            () -> find(uniqueName, pauses.subList(1, pauses.size()))
                                    .whenComplete((value, e) -> {
                                        if (e == null) {
                                            later.complete(value);
                                        } else {
                                            later.completeExceptionally(e);
                                        }
                                    }),
                            pauses.get(0));
                    return later;
                })
                .thenCompose(Function.identity());
    }

    private CompletionStage<ConversationSnapshot> withBoth(List<String> both, ConversationSnapshot found) {
        return api.participants().list(found.sid(), PageRequest.first(100)).thenCompose(present -> {
            List<String> missing = new ArrayList<>(both);
            present.items().stream().map(Participant::identity).forEach(missing::remove);
            return with(missing, found);
        });
    }

    /** Adds people one after the other: a participant's client joins first, because only participants may look and add. */
    private CompletionStage<ConversationSnapshot> with(List<String> missing, ConversationSnapshot found) {
        CompletionStage<ConversationSnapshot> added = CompletableFuture.completedFuture(found);
        for (String identity : missing) {
            added = added.thenCompose(before -> AlreadyThere.PARTICIPANT.or(
                    api.participants()
                            .add(found.sid(), NewParticipant.chat(identity))
                            .thenApply(there -> found),
                    () -> CompletableFuture.completedFuture(found)));
        }
        return added;
    }

    /** The same for both orders, different for all other pairs, and never longer than Twilio takes. */
    static String nameOf(String one, String other) {
        boolean inOrder = one.compareTo(other) <= 0;
        String first = inOrder ? one : other;
        String second = inOrder ? other : one;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((first.length() + ":" + first + second).getBytes(StandardCharsets.UTF_8));
            return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
