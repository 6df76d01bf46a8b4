package io.github.conversations4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The chat list of one person as it was at one moment, the chat with the last activity first. Immutable; Jackson writes it as
 * it is. {@link LiveChatList} follows it.
 *
 * @param identity whose list it is
 * @param rows a row for each conversation that the person takes part in
 */
public record ChatList(String identity, List<ChatRow> rows) {
    /** Copies what was given. */
    public ChatList {
        rows = List.copyOf(rows);
    }

    /**
     * Finds a conversation.
     *
     * @param conversationSid the conversation, {@code CH…}
     * @return its row; empty if there is none
     */
    public Optional<ChatRow> find(String conversationSid) {
        return rows.stream()
                .filter(row -> row.conversationSid().equals(conversationSid))
                .findFirst();
    }

    /**
     * The list after a change of it.
     *
     * @param change what {@link LiveChatList#onChange} told
     * @return the list as it is then
     */
    public ChatList after(ChatListChange change) {
        if (change instanceof ChatListChange.All all) {
            return all.list();
        } else if (change instanceof ChatListChange.Row changed) {
            List<ChatRow> others = without(changed.row().conversationSid());
            others.add(changed.position(), changed.row());
            return new ChatList(identity, others);
        } else if (change instanceof ChatListChange.Gone gone) {
            return new ChatList(identity, without(gone.conversationSid()));
        }
        throw new IllegalArgumentException("change: is of no kind that is known: " + change);
    }

    private List<ChatRow> without(String conversationSid) {
        List<ChatRow> others = new ArrayList<>(rows);
        others.removeIf(row -> row.conversationSid().equals(conversationSid));
        return others;
    }
}
