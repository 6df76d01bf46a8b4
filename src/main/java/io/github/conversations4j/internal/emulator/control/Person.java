package io.github.conversations4j.internal.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.emulator.SimulatedUser;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets a test in any language act as a person: {@code {"identity": "bob", "conversation": "general", "act": "says",
 * "text": "hi"}}. Immutable.
 *
 * @param users brings the person of an identity
 */
public record Person(Function<String, SimulatedUser> users) implements Control.Action {
    private static final String ACTS = "joins, leaves, says, types, edits, removes, reads";

    @Override
    public JsonNode run(Control.Call call) {
        JsonNode body = call.body();
        SimulatedUser user = users.apply(Texts.required(body, "identity"));
        SimulatedParticipant person = user.in(Texts.required(body, "conversation"));
        String act = Texts.required(body, "act");
        String messageSid = null;
        switch (act) {
            case "joins" -> person.joins();
            case "leaves" -> person.leaves();
            case "says" ->
                messageSid = person.says(Texts.required(body, "text")).lastMessageSid();
            case "types" -> person.types();
            case "edits" -> person.edits(Texts.required(body, "message_sid"), Texts.required(body, "text"));
            case "removes" -> person.removes(Texts.required(body, "message_sid"));
            case "reads" -> person.reads(Texts.number(body, "index"));
            default -> throw new IllegalArgumentException("act: must be one of " + ACTS + ", was " + act);
        }
        return answer(person, act.equals("leaves"), messageSid);
    }

    // To tell the conversation of somebody who left would bring them in again.
    private static JsonNode answer(SimulatedParticipant person, boolean left, @Nullable String messageSid) {
        return Control.object()
                .put("conversation_sid", left ? null : person.conversationSid())
                .put("message_sid", messageSid);
    }
}
