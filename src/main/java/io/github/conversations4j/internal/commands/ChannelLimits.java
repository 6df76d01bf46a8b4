package io.github.conversations4j.internal.commands;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.Participant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Refuses texts that are too long for somebody in the conversation who is reached by SMS or WhatsApp. Only such a text costs
 * a look at who is there. Immutable.
 *
 * @param participants where to look who is there
 */
public record ChannelLimits(ConversationsApi.Participants participants) {
    private static final Set<String> SHORT_CHANNELS = Set.of("sms", "whatsapp");
    private static final int PAGE = 100;

    /**
     * Checks a text. When the participants can not be read it is let pass: Twilio decides then.
     *
     * @param conversationSid where it is to go
     * @param body the text; null for none
     * @return completes if it may be sent; fails with {@link IllegalArgumentException} that names the limit
     */
    public CompletionStage<Void> check(String conversationSid, @Nullable String body) {
        if (body == null || !SendLimits.exceedsChannel(body)) {
            return CompletableFuture.completedFuture(null);
        }
        return recipient(conversationSid, PageRequest.first(PAGE))
                .exceptionally(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause instanceof ConversationsException) {
                        return Optional.empty();
                    }
                    throw new CompletionException(cause);
                })
                .thenAccept(recipient -> recipient.ifPresent(address -> SendLimits.checkChannel(body, address)));
    }

    private CompletionStage<Optional<String>> recipient(String conversationSid, PageRequest page) {
        return participants.list(conversationSid, page).thenCompose(slice -> {
            Optional<String> found = slice.items().stream()
                    .map(Participant::messagingBinding)
                    .filter(Objects::nonNull)
                    .filter(binding -> binding.type() != null && SHORT_CHANNELS.contains(binding.type()))
                    .map(ChannelLimits::address)
                    .findFirst();
            String next = slice.next();
            return found.isPresent() || next == null
                    ? CompletableFuture.completedFuture(found)
                    : recipient(conversationSid, page.after(next));
        });
    }

    private static String address(MessagingBinding binding) {
        return binding.address() == null ? "a participant" : binding.address();
    }
}
