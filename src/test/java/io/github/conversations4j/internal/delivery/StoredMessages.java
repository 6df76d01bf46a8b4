package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.error.ApiError;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.tests.SampleEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What Twilio holds, and somebody who can be asked for it. Answers at once, or when the test says so. */
final class StoredMessages implements Asker {
    private final Map<String, NavigableMap<Integer, Message>> conversations = new HashMap<>();
    private final Map<Integer, Integer> next = new HashMap<>();
    private final List<Runnable> unanswered = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private long pages;
    private BooleanSupplier fails = () -> false;
    private boolean gone;
    private boolean waits;
    private boolean reachable = true;

    /** Stores the next message of a conversation, after some skipped indexes. */
    Message add(int conversation, int skipped) {
        int index = next.getOrDefault(conversation, 0) + skipped;
        next.put(conversation, index + 1);
        return put(SampleEvents.message(conversation, index));
    }

    Message put(Message message) {
        in(message.conversationSid()).put(message.index(), message);
        return message;
    }

    void remove(Message message) {
        in(message.conversationSid()).remove(message.index());
    }

    NavigableMap<Integer, Message> in(String conversationSid) {
        return conversations.computeIfAbsent(conversationSid, sid -> new TreeMap<>());
    }

    void failing(BooleanSupplier next) {
        fails = next;
    }

    /** Twilio does not know any conversation any more. */
    void goneForGood() {
        gone = true;
    }

    static NotFoundException gone(String conversationSid) {
        return new NotFoundException(
                "list messages of conversation " + conversationSid, new ApiError(404, 20404, "not found", null, null));
    }

    void waiting(boolean value) {
        waits = value;
    }

    void reachable(boolean value) {
        reachable = value;
    }

    /** What was asked, such as {@code 3..5}. */
    List<String> asked() {
        return asked;
    }

    void answerAll() {
        List<Runnable> all = List.copyOf(unanswered);
        unanswered.clear();
        all.forEach(Runnable::run);
    }

    /** Twilio gives a page: one of many that a question takes, or one of somebody else. */
    void givesAPage() {
        pages++;
    }

    @Override
    public long pages() {
        return pages;
    }

    @Override
    public boolean canAsk() {
        return reachable;
    }

    @Override
    public CompletionStage<Reading> read(String conversationSid, int from, @Nullable Integer to) {
        asked.add(from + ".." + (to == null ? "" : to));
        return answer(conversationSid, from, to);
    }

    @Override
    public CompletionStage<Reading> lookBack(String conversationSid, @Nullable Integer to) {
        asked.add(".." + (to == null ? "" : to));
        return answer(conversationSid, 0, to);
    }

    private CompletionStage<Reading> answer(String conversationSid, int from, @Nullable Integer to) {
        CompletableFuture<Reading> answer = new CompletableFuture<>();
        Runnable answering = () -> {
            if (gone) {
                answer.completeExceptionally(gone(conversationSid));
                return;
            }
            if (fails.getAsBoolean()) {
                answer.completeExceptionally(new IllegalStateException("Twilio is in trouble"));
                return;
            }
            NavigableMap<Integer, Message> all = in(conversationSid);
            int end = to == null ? (all.isEmpty() ? from - 1 : Math.max(from - 1, all.lastKey())) : to;
            List<Message> found = end < from
                    ? List.of()
                    : List.copyOf(all.subMap(from, true, end, true).values());
            answer.complete(new Reading(conversationSid, from, end, found, true, "poll"));
        };
        if (waits) {
            unanswered.add(answering);
        } else {
            answering.run();
        }
        return answer;
    }
}
