package io.github.conversations4j;

import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client knows of the conversations that it sends to: how much it has sent, the last of it that was stored, and who
 * has read furthest. Of a bounded number; beyond it, those without news for longest are forgotten. Confined to the lock of its
 * owner.
 */
final class Courses {
    private final int capacity;
    private final Map<String, Course> byConversation = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Knows nothing yet.
     *
     * @param capacity of how many conversations something is known
     */
    Courses(int capacity) {
        this.capacity = capacity;
    }

    /**
     * How far a conversation was at some moment.
     *
     * @param lastIndex the highest index of a message that this client sent and Twilio stored; -1 if none is known
     * @param sends how many messages this client had sent
     */
    record Mark(int lastIndex, long sends) {}

    Mark leave(String conversationSid) {
        Course course = byConversation.computeIfAbsent(conversationSid, sid -> new Course());
        if (byConversation.size() > capacity) {
            byConversation.remove(byConversation.keySet().iterator().next());
        }
        return new Mark(course.lastIndex, course.sends++);
    }

    boolean has(String conversationSid) {
        return byConversation.containsKey(conversationSid);
    }

    /** How many messages were sent after a mark was made. */
    long sentSince(String conversationSid, Mark mark) {
        Course course = byConversation.get(conversationSid);
        return course == null ? 0 : Math.max(0, course.sends - mark.sends());
    }

    void store(Message message) {
        Course course = byConversation.get(message.conversationSid());
        if (course != null) {
            course.lastIndex = Math.max(course.lastIndex, message.index());
        }
    }

    void read(Participant reader) {
        Course course = byConversation.get(reader.conversationSid());
        if (course != null) {
            course.read(reader);
        }
    }

    /** Whether anybody but its author is known to have read a message. */
    boolean isRead(Message message) {
        Course course = byConversation.get(message.conversationSid());
        return course != null && (hasRead(course.furthest, message) || hasRead(course.second, message));
    }

    private static boolean hasRead(@Nullable Participant reader, Message message) {
        return reader != null && index(reader) >= message.index() && !isAuthor(reader, message);
    }

    static boolean isAuthor(Participant reader, Message message) {
        return reader.sid().equals(message.participantSid())
                || reader.identity() != null && reader.identity().equals(message.author());
    }

    private static int index(@Nullable Participant reader) {
        Integer index = reader == null ? null : reader.lastReadMessageIndex();
        return index == null ? -1 : index;
    }

    /** One conversation. */
    private static final class Course {
        private int lastIndex = -1;
        private long sends;

        // Two, as one of them may be the author.
        private @Nullable Participant furthest;
        private @Nullable Participant second;

        void read(Participant reader) {
            if (furthest == null || furthest.sid().equals(reader.sid())) {
                furthest = further(reader, furthest);
            } else if (index(reader) > index(furthest)) {
                second = furthest;
                furthest = reader;
            } else {
                second = further(reader, second);
            }
        }

        private static Participant further(Participant one, @Nullable Participant other) {
            return other == null || index(one) > index(other) ? one : other;
        }
    }
}
