package io.github.conversations4j;

import io.github.conversations4j.model.Message;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client knows of the conversations that it sends to: how much it has sent and the last of it that was stored.
 * Of a bounded number; beyond it, those without news for longest are forgotten. Confined to the lock of its
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

    /** One conversation. */
    private static final class Course {
        private int lastIndex = -1;
        private long sends;
    }
}
