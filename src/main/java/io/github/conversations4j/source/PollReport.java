package io.github.conversations4j.source;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What polling costs at the moment and how late it can be, for each list that is read. Immutable.
 *
 * @param rows a row for each list, and where tiers differ for each tier
 * @param calls how many REST calls were made since the start; repeats after failures are not counted
 * @param slowdown by how much everything is slowed down because Twilio refused calls for their rate; 1 for not at all
 */
public record PollReport(List<Row> rows, long calls, double slowdown) {
    /** Copies the rows. */
    public PollReport {
        rows = List.copyOf(rows);
    }

    /**
     * What all lists cost together.
     *
     * @return calls per minute, as planned now
     */
    public double callsPerMinute() {
        return rows.stream().mapToDouble(Row::callsPerMinute).sum();
    }

    /** A list that is read. */
    public enum Part {
        /** The list of conversations: new, changed and removed ones. */
        CONVERSATIONS,
        /** The newest messages of a conversation: new ones, and changes of the last few. */
        NEW_MESSAGES,
        /** The whole window of messages of a conversation: changes and removals. */
        CHANGED_MESSAGES,
        /** The participants of a conversation. */
        PARTICIPANTS,
        /** The users of the service. */
        USERS,
        /** The unread counts of the observer, which stand for {@link #NEW_MESSAGES} where it takes part. */
        OBSERVER
    }

    /**
     * One list.
     *
     * @param part which list
     * @param tier of which conversations; null for a list that is not one of a conversation's
     * @param read how many there are: conversations of the tier, or pages of the list
     * @param callsPerMinute what it costs as planned now; what is looked for because of a hint comes on top
     * @param atMostLate how old something can be when it is noticed, as long as calls succeed and hooks have room
     */
    public record Row(Part part, @Nullable PollTier tier, int read, double callsPerMinute, Duration atMostLate) {}
}
