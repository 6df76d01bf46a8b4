package io.github.conversations4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The last messages of a conversation as they were at one moment. Immutable; Jackson writes it as it is. {@link LiveChat}
 * follows them.
 *
 * @param conversationSid the conversation, {@code CH…}
 * @param messages the messages, oldest first
 * @param fromBeginning whether nothing is older than the first of them
 * @param typing who is typing; always empty where the event source does not see it
 */
public record Chat(String conversationSid, List<ChatMessage> messages, boolean fromBeginning, List<ChatPerson> typing) {
    /** Copies what was given. */
    public Chat {
        messages = List.copyOf(messages);
        typing = List.copyOf(typing);
    }

    /**
     * The chat after a change of it.
     *
     * @param change what {@link LiveChat#onChange} told
     * @return the chat as it is then
     */
    public Chat after(ChatChange change) {
        if (change instanceof ChatChange.All all) {
            return all.chat();
        } else if (change instanceof ChatChange.Message changed) {
            List<ChatMessage> others = without(changed.message().sid());
            others.add(changed.message());
            others.sort(Comparator.comparingInt(ChatMessage::index));
            return new Chat(conversationSid, others, fromBeginning, typing);
        } else if (change instanceof ChatChange.Gone gone) {
            boolean stillFromBeginning = fromBeginning && !gone.tooOld();
            return new Chat(conversationSid, without(gone.messageSid()), stillFromBeginning, typing);
        } else if (change instanceof ChatChange.Typing now) {
            return new Chat(conversationSid, messages, fromBeginning, now.people());
        }
        return this;
    }

    private List<ChatMessage> without(String messageSid) {
        List<ChatMessage> others = new ArrayList<>(messages);
        others.removeIf(message -> message.sid().equals(messageSid));
        return others;
    }
}
