package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.internal.api.CallLimit;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.model.Message;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of conversations that are asked about. Thread-safe.
 *
 * <p>What is missing is mostly new, and REST begins lists at one of both ends only: so lists are read from the newest message
 * back to the first that is wanted, or, where history ends, to the first page of which all dates are older. Of more than
 * {@value #MOST_KEPT} messages, or {@value #MOST_CHARACTERS} characters, the oldest are kept and handed over; who wants more
 * asks again, from there on. At most {@value #AT_ONCE} lists are read at once, so that what is kept of all of them is bounded.
 */
public final class MessageReader implements Asker {
    private static final int PAGE = 100;
    private static final int SMALL_PAGE = 20;
    private static final int MOST_KEPT = 1000;
    private static final int MOST_CHARACTERS = 500_000;
    private static final int AT_ONCE = 8;

    private final Supplier<@Nullable ConversationsApi> api;
    private final String source;
    private final Supplier<Instant> since;
    private final CallLimit limit = new CallLimit(AT_ONCE);

    /**
     * Makes a reader.
     *
     * @param api gives the way to Twilio, or null if there is none now
     * @param source the name of the event source whose events look like what is read
     * @param since messages written before are history: nobody is to be told of them unless their conversation is known
     */
    public MessageReader(Supplier<@Nullable ConversationsApi> api, String source, Supplier<Instant> since) {
        this.api = api;
        this.source = source;
        this.since = since;
    }

    @Override
    public boolean canAsk() {
        return api.get() != null;
    }

    @Override
    public long pages() {
        ConversationsApi twilio = api.get();
        return twilio == null ? 0 : twilio.messages().pages();
    }

    @Override
    public CompletionStage<Reading> read(String conversationSid, int from, @Nullable Integer to) {
        return limit.call(() -> back(new Walk(conversationSid, from, to, null)));
    }

    @Override
    public CompletionStage<Reading> lookBack(String conversationSid, @Nullable Integer to) {
        return limit.call(() -> back(new Walk(conversationSid, 0, to, since.get())));
    }

    private ConversationsApi.Messages messages() {
        ConversationsApi twilio = api.get();
        if (twilio == null) {
            throw new IllegalStateException("there is no connection to Twilio");
        }
        return twilio.messages();
    }

    private CompletionStage<Reading> back(Walk walk) {
        return messages()
                .list(walk.conversationSid, Order.DESCENDING, walk.to, walk.page())
                .thenCompose(slice ->
                        walk.take(slice) ? CompletableFuture.completedFuture(walk.reading(source)) : back(walk));
    }

    /** One reading under way. Confined to the completion of one page after the other. */
    private static final class Walk {
        final String conversationSid;
        final int from;
        final @Nullable Integer to;
        final @Nullable Instant since;

        private final NavigableMap<Integer, Message> found = new TreeMap<>();
        private long characters;
        private int highest;
        private int lowest = Integer.MAX_VALUE;
        private boolean isCut;
        private @Nullable String next;

        Walk(String conversationSid, int from, @Nullable Integer to, @Nullable Instant since) {
            this.conversationSid = conversationSid;
            this.from = from;
            this.to = to;
            // REST tells whole seconds.
            this.since = since == null ? null : since.truncatedTo(ChronoUnit.SECONDS);
            this.highest = from - 1;
        }

        PageRequest page() {
            boolean isSmall = to != null && to - from < SMALL_PAGE / 2;
            return new PageRequest(isSmall ? SMALL_PAGE : PAGE, next);
        }

        /** Takes a page; returns whether it is the last one that is needed. */
        boolean take(Slice<Message> slice) {
            for (Message message : slice.items()) {
                highest = Math.max(highest, message.index());
                lowest = Math.min(lowest, message.index());
                if (message.index() >= from && (to == null || message.index() <= to) && !isHistory(message)) {
                    keep(message);
                }
            }
            boolean isLast = slice.next() == null || slice.next().equals(next);
            next = slice.next();
            return isLast || lowest <= from || sawOnlyHistory(slice);
        }

        private void keep(Message message) {
            Message twice = found.put(message.index(), message);
            characters += weight(message) - (twice == null ? 0 : weight(twice));
            while (found.size() > 1 && (found.size() > MOST_KEPT || characters > MOST_CHARACTERS)) {
                characters -= weight(found.pollLastEntry().getValue());
                isCut = true;
            }
        }

        private static int weight(Message message) {
            return Kind.MESSAGE.weight().applyAsInt(message);
        }

        /** Dates can be set by whoever writes, so that one of them alone ends nothing. */
        private boolean sawOnlyHistory(Slice<Message> slice) {
            return !slice.items().isEmpty() && slice.items().stream().allMatch(this::isHistory);
        }

        private boolean isHistory(Message message) {
            return since != null
                    && message.dateCreated() != null
                    && message.dateCreated().isBefore(since);
        }

        Reading reading(String source) {
            int end = isCut ? found.lastKey() : to == null ? highest : to;
            int begin = since == null ? from : found.isEmpty() ? end + 1 : found.firstKey();
            return new Reading(conversationSid, begin, end, List.copyOf(found.values()), !isCut, source);
        }
    }
}
