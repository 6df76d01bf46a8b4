package io.github.conversations4j.internal.poll;

import io.github.conversations4j.model.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is known of the newest messages of a conversation: of all above a certain index, so that a message there that is not
 * known is new, whichever index it has. Confined to the task of its conversation.
 *
 * <p>There is one for each conversation that is followed, so a message takes 29 bytes: its index, its SID and a digest of
 * what it was.
 */
final class Window {
    private static final Pattern SID = Pattern.compile("IM[0-9a-f]{32}");
    private static final int HALF = 16;

    // Of each message, by index, in the same place of all three.
    private int[] indexes = {};
    private boolean[] told = {};
    /** Three for each: the two halves of its SID, and the digest. */
    private long[] words = {};

    private int size;

    /** By index: SIDs that do not look like those of messages. */
    private final Map<Integer, String> odd = new HashMap<>(0);

    private int coveredAbove = -1;
    private int top = -1;

    /** The highest index ever seen; -1 for none. */
    int top() {
        return top;
    }

    boolean covers(int index) {
        return index > coveredAbove;
    }

    /** The lowest index that is covered. */
    int coveredFrom() {
        return coveredAbove + 1;
    }

    boolean knows(int index) {
        return place(index) >= 0;
    }

    /** Whether a message is as it was; it must be known. */
    boolean isStill(Message message) {
        return words[3 * known(message.index()) + 2] == Seen.digest(message);
    }

    /** Whether anything about a known message was told. */
    boolean wasTold(int index) {
        return told[known(index)];
    }

    String sid(int index) {
        int place = known(index);
        String asItIs = odd.get(index);
        return asItIs == null ? "IM" + hex(words[3 * place]) + hex(words[3 * place + 1]) : asItIs;
    }

    private static String hex(long half) {
        return HexFormat.of().toHexDigits(half);
    }

    private int known(int index) {
        int place = place(index);
        if (place < 0) {
            throw new IllegalArgumentException("nothing is known at " + index);
        }
        return place;
    }

    private int place(int index) {
        return Arrays.binarySearch(indexes, 0, size, index);
    }

    /** From here on everything is to be known. */
    void beginAt(int from) {
        coveredAbove = from - 1;
        top = Math.max(top, coveredAbove);
    }

    void put(Message message, boolean isTold) {
        int index = message.index();
        top = Math.max(top, index);
        int place = place(index);
        if (place < 0) {
            place = -place - 1;
            insert(place);
        }
        indexes[place] = index;
        told[place] = isTold;
        words[3 * place + 2] = Seen.digest(message);
        String sid = message.sid();
        if (SID.matcher(sid).matches()) {
            words[3 * place] = Long.parseUnsignedLong(sid, 2, 2 + HALF, 16);
            words[3 * place + 1] = Long.parseUnsignedLong(sid, 2 + HALF, 2 + 2 * HALF, 16);
            odd.remove(index);
        } else {
            odd.put(index, sid);
        }
    }

    private void insert(int place) {
        if (size == indexes.length) {
            resize(size + Math.max(4, size / 2));
        }
        move(place, place + 1);
        size++;
    }

    void remove(int index) {
        int place = place(index);
        if (place >= 0) {
            move(place + 1, place);
            size--;
            odd.remove(index);
        }
    }

    /** Moves everything from a place on to another one. */
    private void move(int from, int to) {
        int count = size - from;
        System.arraycopy(indexes, from, indexes, to, count);
        System.arraycopy(told, from, told, to, count);
        System.arraycopy(words, 3 * from, words, 3 * to, 3 * count);
    }

    private void resize(int length) {
        indexes = Arrays.copyOf(indexes, length);
        told = Arrays.copyOf(told, length);
        words = Arrays.copyOf(words, 3 * length);
    }

    /** The indexes of messages that are known and that a reading should have shown, but did not. */
    List<Integer> missingFrom(Reading reading) {
        Set<Integer> shown = new HashSet<>();
        reading.oldestFirst().forEach(message -> shown.add(message.index()));
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (indexes[i] >= reading.from() && !shown.contains(indexes[i])) {
                missing.add(indexes[i]);
            }
        }
        return missing;
    }

    /**
     * Forgets the oldest.
     *
     * @return their SIDs
     */
    List<String> trim(int most) {
        int over = size - most;
        if (over <= 0) {
            return List.of();
        }
        List<String> forgotten = new ArrayList<>();
        for (int i = 0; i < over; i++) {
            forgotten.add(sid(indexes[i]));
            odd.remove(indexes[i]);
        }
        coveredAbove = indexes[over - 1];
        move(over, 0);
        size = most;
        // Many may have come at once.
        resize(most);
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
