package io.github.conversations4j;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.internal.api.Slice;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, and the way to the next. Immutable and thread-safe; reading on does not change it.
 *
 * <p>A list may change while it is read: Twilio promises no view of one moment.
 *
 * @param <T> the items
 * @see <a href="https://www.twilio.com/docs/usage/twilios-response#response-formats-list-paging-information">Paging</a>
 */
public final class Page<T> {
    /** How many pages {@link #stream()} reads at most. */
    public static final int MOST_PAGES = 10_000;

    private final List<T> items;
    private final @Nullable String next;
    private final Function<String, Deferred<Page<T>>> reader;

    Page(Slice<T> slice, Function<String, Deferred<Page<T>>> reader) {
        this.items = slice.items();
        this.next = slice.next();
        this.reader = reader;
    }

    /**
     * The items of this page.
     *
     * @return the items, in the order of the list; may be empty though more pages follow
     */
    public List<T> items() {
        return items;
    }

    /**
     * Whether the list goes on.
     *
     * @return whether {@link #next()} gives a page
     */
    public boolean hasNext() {
        return next != null;
    }

    /**
     * Reads the next page.
     *
     * @return the page
     * @throws NoSuchElementException if this is the last one
     * @see <a href="https://www.twilio.com/docs/usage/twilios-response#response-formats-list-paging-information">Paging</a>
     */
    public Deferred<Page<T>> next() {
        if (next == null) {
            throw new NoSuchElementException("this was the last page; hasNext() tells beforehand");
        }
        return reader.apply(next);
    }

    /**
     * All items from this page on. Lazy: a page is read when the item before it was taken, and waited for as
     * {@link Deferred#await()} does. Each call begins again here and reads the following pages again. It ends, whatever the
     * server answers: a page that is named twice is not read twice, and after {@value #MOST_PAGES} pages it fails.
     *
     * @return a new stream, to be used by one thread; reading on throws what {@link Deferred#await()} throws, such as
     *     {@link NotFoundException}
     * @see <a href="https://www.twilio.com/docs/usage/twilios-response#response-formats-list-paging-information">Paging</a>
     */
    public Stream<T> stream() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new Items<>(this), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                false);
    }

    /** Goes from page to page. Confined to the thread of its stream. */
    private static final class Items<T> implements Iterator<T> {
        private final Set<String> followed = new HashSet<>();
        private Page<T> page;
        private int position;

        Items(Page<T> first) {
            this.page = first;
        }

        @Override
        public boolean hasNext() {
            while (position == page.items.size()) {
                String token = page.next;
                if (token == null || !followed.add(token)) {
                    return false;
                }
                if (followed.size() == MOST_PAGES) {
                    throw new ConversationsException("a list did not end within " + MOST_PAGES
                            + " pages; read it page by page with next() if it really is that long");
                }
                page = page.next().await();
                position = 0;
            }
            return true;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the list has ended");
            }
            return page.items.get(position++);
        }
    }
}
