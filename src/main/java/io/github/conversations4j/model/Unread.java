package io.github.conversations4j.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * How many messages of a conversation a user has not read. Never null, unlike Twilio's own count, which is null until
 * the user has a read horizon and stops at {@value #CAP}. Immutable.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/read-horizon">Read Horizon and Read Status</a>. The count
 * is eventually consistent.
 *
 * <p>Jackson writes it with the kind under {@code kind}: {@code known} and {@code atLeast} have a {@code count},
 * {@code neverRead} has none.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Unread.Known.class, name = "known"),
    @JsonSubTypes.Type(value = Unread.AtLeast.class, name = "atLeast"),
    @JsonSubTypes.Type(value = Unread.NeverRead.class, name = "neverRead")
})
public sealed interface Unread {
    /** Where Twilio stops counting. */
    int CAP = 1000;

    /** The user has no read horizon: nothing was ever marked as read. */
    Unread NEVER_READ = new NeverRead();

    /**
     * The value for a count as Twilio gives it.
     *
     * @param count the count, or null for a user without a read horizon
     * @return the value
     */
    static Unread of(@Nullable Integer count) {
        if (count == null) {
            return NEVER_READ;
        }
        return count >= CAP ? new AtLeast(CAP) : new Known(count);
    }

    /**
     * A number to show.
     *
     * @param whenNeverRead what to show for a user who never read anything, for example the number of messages
     * @return the count, or the lower bound of it
     */
    int orElse(int whenNeverRead);

    /**
     * An exact count.
     *
     * @param count the messages behind the read horizon
     */
    record Known(int count) implements Unread {
        @Override
        public int orElse(int whenNeverRead) {
            return count;
        }
    }

    /**
     * A lower bound.
     *
     * @param count at least so many messages are behind the read horizon
     */
    record AtLeast(int count) implements Unread {
        @Override
        public int orElse(int whenNeverRead) {
            return count;
        }
    }

    /** The user has no read horizon. */
    record NeverRead() implements Unread {
        @Override
        public int orElse(int whenNeverRead) {
            return whenNeverRead;
        }
    }
}
