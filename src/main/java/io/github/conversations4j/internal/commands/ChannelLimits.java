package io.github.conversations4j.internal.commands;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.PageWalk;
import io.github.conversations4j.internal.threads.Causes;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.Participant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Refuses messages that are too large for somebody in the conversation who is reached by SMS or WhatsApp. Only such a message
 * costs a look at who is there. Immutable.
 *
 * @param participants where to look who is there
 */
public record ChannelLimits(ConversationsApi.Participants participants) {
    private static final int PAGE = 100;

    /** Somebody whom the message does not reach, and why. */
    private record Refusal(String recipient, String limit) {}

    /**
     * Checks a message. When the participants can not be read it is let pass: Twilio decides then.
     *
     * @param conversationSid where it is to go
     * @param body the text; null for none
     * @param sizes the bytes of each file
     * @return completes if it may be sent; fails with {@link IllegalArgumentException} that names the limit
     */
    public CompletionStage<Void> check(String conversationSid, @Nullable String body, List<Long> sizes) {
        if (Arrays.stream(MessagingChannel.values()).allMatch(channel -> channel.refusal(body, sizes) == null)) {
            return CompletableFuture.completedFuture(null);
        }
        return refusal(conversationSid, body, sizes)
                .exceptionally(failure -> {
                    Throwable cause = Causes.of(failure);
                    if (cause instanceof ConversationsException) {
                        return Optional.empty();
                    }
                    throw new CompletionException(cause);
                })
                .thenAccept(found -> found.ifPresent(refusal -> {
                    throw new IllegalArgumentException(
                            refusal.limit() + "; " + refusal.recipient() + " is reached that way");
                }));
    }

    private CompletionStage<Optional<Refusal>> refusal(
            String conversationSid, @Nullable String body, List<Long> sizes) {
        return PageWalk.find(
                page -> participants.list(conversationSid, page),
                PageRequest.first(PAGE),
                slice -> slice.items().stream()
                        .map(Participant::messagingBinding)
                        .filter(Objects::nonNull)
                        .flatMap(binding -> Arrays.stream(MessagingChannel.values())
                                .filter(channel -> channel.serves(binding.type()))
                                .map(channel -> channel.refusal(body, sizes))
                                .filter(Objects::nonNull)
                                .map(limit -> new Refusal(address(binding), limit)))
                        .findFirst());
    }

    private static String address(MessagingBinding binding) {
        return binding.address() == null ? "a participant" : binding.address();
    }
}
