package io.github.conversations4j.internal.chat;

import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Unread;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One conversation of one user as Twilio tells it, without profiles. Immutable.
 *
 * @param conversation the conversation, with what it is to the user
 * @param unread what the user has not read
 * @param roster who takes part
 * @param last the last message; null if there is none
 */
record RawChat(
        ConversationSnapshot conversation,
        Unread unread,
        Roster roster,
        @Nullable Message last) {
    String sid() {
        return conversation.sid();
    }

    /** Whose profiles its row shows. */
    Set<String> people(String own, int most) {
        Set<String> people = new HashSet<>();
        roster.others(own).stream().limit(most).map(People::id).forEach(people::add);
        if (last != null && last.author() != null) {
            people.add(last.author());
        }
        return people;
    }
}
