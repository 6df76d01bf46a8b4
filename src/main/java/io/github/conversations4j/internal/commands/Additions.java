package io.github.conversations4j.internal.commands;

import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.PageWalk;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.NewParticipant;
import io.github.conversations4j.model.Participant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Adds people to conversations. Who is there already stays as they are, which is no failure. Immutable.
 *
 * @param participants adds them
 */
public record Additions(ConversationsApi.Participants participants) {
    private static final int PAGE = 100;

    /**
     * Adds somebody.
     *
     * @param conversationSid where to
     * @param wanted who
     * @return who was added, or was there already; fails as the addition does, also if the address is in use in another
     *     conversation
     */
    public CompletionStage<Participant> add(String conversationSid, NewParticipant wanted) {
        CompletionStage<Participant> added = participants.add(conversationSid, wanted);
        String identity = wanted.identity();
        return identity != null
                ? AlreadyThere.PARTICIPANT.or(added, () -> participants.fetch(conversationSid, identity))
                : AlreadyThere.ADDRESS.orIfFound(added, () -> find(conversationSid, wanted.messagingBinding()));
    }

    private CompletionStage<Optional<Participant>> find(String conversationSid, @Nullable MessagingBinding wanted) {
        return PageWalk.find(
                page -> participants.list(conversationSid, page),
                PageRequest.first(PAGE),
                slice -> slice.items().stream()
                        .filter(present -> isSame(wanted, present.messagingBinding()))
                        .findFirst());
    }

    private static boolean isSame(@Nullable MessagingBinding one, @Nullable MessagingBinding other) {
        return one != null
                && other != null
                && Objects.equals(one.address(), other.address())
                && Objects.equals(one.proxyAddress(), other.proxyAddress());
    }

    /**
     * Adds several people, one after the other, in the order given.
     *
     * @param conversationSid where to
     * @param wanted who
     * @return completes when all are there
     */
    public CompletionStage<Void> addAll(String conversationSid, List<NewParticipant> wanted) {
        CompletionStage<Void> added = CompletableFuture.completedFuture(null);
        for (NewParticipant next : wanted) {
            added = added.thenCompose(before -> add(conversationSid, next)).thenAccept(there -> {});
        }
        return added;
    }

    /**
     * Leaves out who comes a second time.
     *
     * @param wanted who is to be added
     * @return everybody once, as they come first
     */
    public static List<NewParticipant> eachOnce(List<NewParticipant> wanted) {
        Set<Object> seen = new HashSet<>();
        return wanted.stream().filter(next -> seen.add(key(next))).toList();
    }

    private static Object key(NewParticipant wanted) {
        MessagingBinding binding = wanted.messagingBinding();
        return wanted.identity() != null || binding == null
                ? String.valueOf(wanted.identity())
                : Arrays.asList(binding.address(), binding.proxyAddress());
    }
}
