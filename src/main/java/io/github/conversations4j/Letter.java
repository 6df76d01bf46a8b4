package io.github.conversations4j;

import io.github.conversations4j.Courses.Mark;
import io.github.conversations4j.model.NewMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is sent, and under which ids. Immutable.
 *
 * @param message what, as the caller gave it
 * @param outgoing the same with the client id in its attributes; the same object if they have no place for one
 * @param uploads the files that it waits for
 * @param address where to, and as what
 */
record Letter(NewMessage message, NewMessage outgoing, List<Upload> uploads, Address address) {
    /**
     * Where a message goes, and as what. Immutable.
     *
     * @param conversationSid where to
     * @param id the id of this message
     * @param left how far the conversation was when it left for the first time
     */
    record Address(String conversationSid, String id, Mark left) {}

    String conversationSid() {
        return address.conversationSid();
    }

    /** The id by which the message is recognised; null if the attributes have no place for one. */
    @Nullable
    String clientId() {
        return outgoing == message ? null : address.id();
    }

    /** What tells the tunnel that this is the same write again. */
    String mutationId() {
        return address.id();
    }

    /** How far the conversation was when this left for the first time. */
    Mark left() {
        return address.left();
    }

    Letter withoutUploads() {
        return new Letter(message, outgoing, List.of(), address);
    }
}
