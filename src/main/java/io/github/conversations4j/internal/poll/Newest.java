package io.github.conversations4j.internal.poll;

import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.poll.Window.Reading;
import io.github.conversations4j.model.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the newest messages of a conversation, back to where they are known. Stateless.
 *
 * <p>One page is one moment; several are not. How Twilio makes its links to further pages is not documented, so a message
 * at the edge of two pages may be passed over when another one is removed in between. Where the indexes have a hole just
 * there, all is read once more with pages of another size.
 */
final class Newest {
    private static final int LARGEST = 100;
    /** Not a divisor of the largest, so that pages have other edges. */
    private static final int ANOTHER = 83;

    private final Poll poll;
    private final String conversationSid;

    Newest(Poll poll, String conversationSid) {
        this.poll = poll;
        this.conversationSid = conversationSid;
    }

    /**
     * Reads messages.
     *
     * @param size of the first page: what should be enough
     * @param isEnough whether what was read so far, newest first and never empty, reaches back far enough
     * @param most how many to read at most
     * @return what was read; null if {@code most} was not enough
     */
    @Nullable
    Reading read(int size, Predicate<List<Message>> isEnough, int most) {
        Slice<Message> first = page(PageRequest.first(size));
        if (isWhole(first, isEnough)) {
            return reading(first.items(), first.next() == null, true);
        }
        if (size < LARGEST) {
            first = page(PageRequest.first(LARGEST));
            if (isWhole(first, isEnough)) {
                return reading(first.items(), first.next() == null, true);
            }
        }
        Pages pages = new Pages();
        Reading reading = pages.read(PageRequest.first(LARGEST), first, isEnough, most);
        return pages.holeAtAnEdge
                ? pages.read(PageRequest.first(ANOTHER), page(PageRequest.first(ANOTHER)), isEnough, most)
                : reading;
    }

    private static boolean isWhole(Slice<Message> page, Predicate<List<Message>> isEnough) {
        return page.next() == null || !page.items().isEmpty() && isEnough.test(page.items());
    }

    private Slice<Message> page(PageRequest request) {
        return poll.calls().get(() -> poll.api().messages().list(conversationSid, Order.DESCENDING, null, request));
    }

    private static Reading reading(List<Message> newestFirst, boolean toTheBeginning, boolean isOneMoment) {
        List<Message> oldestFirst = new ArrayList<>(newestFirst);
        Collections.reverse(oldestFirst);
        int from =
                toTheBeginning || oldestFirst.isEmpty() ? 0 : oldestFirst.get(0).index();
        return new Reading(oldestFirst, from, isOneMoment);
    }

    /** Everything that several pages have shown. */
    private final class Pages {
        final NavigableMap<Integer, Message> shown = new TreeMap<>();
        boolean holeAtAnEdge;

        @Nullable
        Reading read(PageRequest size, Slice<Message> first, Predicate<List<Message>> isEnough, int most) {
            Slice<Message> page = first;
            List<Message> read = new ArrayList<>(first.items());
            while (page.next() != null && (read.isEmpty() || !isEnough.test(read))) {
                if (read.size() > most) {
                    return null;
                }
                page = page(size.after(page.next()));
                if (!read.isEmpty() && !page.items().isEmpty()) {
                    int edge = read.get(read.size() - 1).index();
                    holeAtAnEdge |= edge - page.items().get(0).index() > 1;
                }
                read.addAll(page.items());
            }
            read.forEach(message -> shown.put(message.index(), message));
            return reading(List.copyOf(shown.descendingMap().values()), page.next() == null, false);
        }
    }
}
