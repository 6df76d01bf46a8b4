package io.github.conversations4j.internal.rest;

import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.model.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages from the middle of a conversation on. REST begins at an end only, so the pages up to there are skipped:
 * the largest that Twilio serves, whatever size the reader wants, and each is cut to that. For one page that a reader asks for;
 * touched by one answer at a time.
 */
final class MessagesFrom {
    private static final int LARGEST = 100;

    private final Function<PageRequest, CompletableFuture<Slice<Message>>> list;
    private final Order order;
    private final int size;
    /** Links that were followed; one that comes again ends the list, as links may lead in a circle. */
    private final Set<String> followed = new HashSet<>();

    /**
     * Begins nowhere yet.
     *
     * @param list reads a page from an end on
     * @param order which way the list goes
     * @param size how many messages are wanted at most
     */
    MessagesFrom(Function<PageRequest, CompletableFuture<Slice<Message>>> list, Order order, int size) {
        this.list = list;
        this.order = order;
        this.size = size;
    }

    /**
     * Where to read on. Immutable.
     *
     * @param index the next index that is wanted
     * @param link the page of Twilio's that may hold it; null for the first
     */
    record Position(int index, @Nullable String link) {
        private String token() {
            return index + " " + (link == null ? "" : link);
        }

        /**
         * Reads a token.
         *
         * @param token a position, or a link of Twilio's
         * @param from the index that the list begins at
         */
        static Position of(String token, int from) {
            int end = token.indexOf(' ');
            if (end < 0) {
                return new Position(from, token);
            }
            String link = token.substring(end + 1);
            return new Position(Integer.parseInt(token.substring(0, end)), link.isEmpty() ? null : link);
        }
    }

    /** Goes on until a page has something to give, or the list ends. */
    CompletableFuture<Slice<Message>> read(Position from) {
        return list.apply(new PageRequest(LARGEST, from.link())).thenCompose(page -> {
            List<Message> wanted = page.items().stream()
                    .filter(message -> isWanted(message.index(), from.index()))
                    .toList();
            String link = page.next();
            if (!wanted.isEmpty()) {
                return CompletableFuture.completedFuture(cut(wanted, from.link(), link));
            }
            return link == null || !followed.add(link)
                    ? CompletableFuture.completedFuture(new Slice<>(List.of(), null))
                    : read(new Position(from.index(), link));
        });
    }

    private boolean isWanted(int index, int from) {
        return order == Order.ASCENDING ? index >= from : index <= from;
    }

    private Slice<Message> cut(List<Message> wanted, @Nullable String here, @Nullable String link) {
        boolean whole = wanted.size() <= size;
        List<Message> given = whole ? wanted : wanted.subList(0, size);
        int last = given.get(given.size() - 1).index();
        int next = order == Order.ASCENDING ? last + 1 : last - 1;
        boolean ends = whole && link == null || next < 0;
        return new Slice<>(given, ends ? null : new Position(next, whole ? link : here).token());
    }
}
