package io.github.conversations4j;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * What a hook on an open chat is called with. Immutable; Jackson writes it as it is, with the kind under {@code change}:
 * {@code all}, {@code message}, {@code gone}, {@code typing} or {@code ended}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChatChange.All.class, name = "all"),
    @JsonSubTypes.Type(value = ChatChange.Message.class, name = "message"),
    @JsonSubTypes.Type(value = ChatChange.Gone.class, name = "gone"),
    @JsonSubTypes.Type(value = ChatChange.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = ChatChange.Ended.class, name = "ended")
})
public sealed interface ChatChange {
    /**
     * The whole chat: what a hook is called with first.
     *
     * @param chat the chat
     */
    record All(Chat chat) implements ChatChange {}

    /**
     * A message is new or is another one than before. Order messages by index: one that Twilio told late stands before others.
     *
     * @param message the message
     */
    record Message(ChatMessage message) implements ChatChange {}

    /**
     * A message is no longer held.
     *
     * @param messageSid the message, {@code IM…}
     * @param tooOld whether it was let go to make room for new ones; if not, it was removed
     */
    record Gone(String messageSid, boolean tooOld) implements ChatChange {}

    /**
     * Somebody began or ceased to type.
     *
     * @param people everybody who is typing now
     */
    record Typing(List<ChatPerson> people) implements ChatChange {
        /** Copies what was given. */
        public Typing {
            people = List.copyOf(people);
        }
    }

    /** The conversation was deleted, or on a participant's client is no longer the user's: nothing else follows. */
    record Ended() implements ChatChange {}
}
