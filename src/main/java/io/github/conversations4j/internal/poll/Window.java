package io.github.conversations4j.internal.poll;

import io.github.conversations4j.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the newest messages of a conversation: of all above {@link #coveredAbove}, so that a message there that
 * is not known is new, whichever index it has. Confined to the task of its conversation.
 */
final class Window {
    private final NavigableMap<Integer, Seen> seen = new TreeMap<>();
    private int coveredAbove = -1;
    private int top = -1;

    /** The highest index ever seen; -1 for none. */
    int top() {
        return top;
    }

    @Nullable
    Seen at(int index) {
        return seen.get(index);
    }

    boolean covers(int index) {
        return index > coveredAbove;
    }

    /** From here on everything is to be known. */
    void beginAt(int from) {
        coveredAbove = from - 1;
        top = Math.max(top, coveredAbove);
    }

    void put(Message message, boolean told) {
        top = Math.max(top, message.index());
        seen.put(message.index(), Seen.of(message.sid(), message, null, told));
    }

    void remove(int index) {
        seen.remove(index);
    }

    /** The indexes of messages that are known and that a reading should have shown, but did not. */
    List<Integer> missingFrom(Reading reading) {
        List<Integer> missing =
                new ArrayList<>(seen.tailMap(reading.from(), true).keySet());
        for (Message message : reading.oldestFirst()) {
            missing.remove(Integer.valueOf(message.index()));
        }
        return missing;
    }

    /** Forgets the oldest. */
    List<Seen> trim(int size) {
        List<Seen> forgotten = new ArrayList<>();
        while (seen.size() > size) {
            coveredAbove = seen.firstKey();
            forgotten.add(seen.pollFirstEntry().getValue());
        }
        return forgotten;
    }

    /**
     * Messages that were read.
     *
     * @param oldestFirst by index
     * @param from the lowest index that the reading tells about: there were no others at or above it
     * @param isOneMoment whether all comes from one page, so that what is not there is surely gone
     */
    record Reading(List<Message> oldestFirst, int from, boolean isOneMoment) {}
}
