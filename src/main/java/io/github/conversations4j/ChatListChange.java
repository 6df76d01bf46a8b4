package io.github.conversations4j;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What a hook on a chat list is called with. Whoever begins with {@link All} and applies everything that comes then has the
 * list as it is. Immutable; Jackson writes it as it is, with the kind under {@code change}: {@code all}, {@code row} or
 * {@code gone}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChatListChange.All.class, name = "all"),
    @JsonSubTypes.Type(value = ChatListChange.Row.class, name = "row"),
    @JsonSubTypes.Type(value = ChatListChange.Gone.class, name = "gone")
})
public sealed interface ChatListChange {
    /**
     * The whole list: what a hook is called with first.
     *
     * @param list the list
     */
    record All(ChatList list) implements ChatListChange {}

    /**
     * A row is new, is another one than before, or has another place: take the row of this conversation out if there is one,
     * then put this one in.
     *
     * @param row the row
     * @param position where it stands then, from 0
     */
    record Row(ChatRow row, int position) implements ChatListChange {}

    /**
     * A conversation is no longer in the list.
     *
     * @param conversationSid the conversation, {@code CH…}
     */
    record Gone(String conversationSid) implements ChatListChange {}
}
