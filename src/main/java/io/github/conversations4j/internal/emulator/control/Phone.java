package io.github.conversations4j.internal.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.emulator.SimulatedPhone;
import java.util.function.Function;

/**
 * Lets a test in any language hold a phone: {@code {"address": "+15550001", "act": "texts", "to": "+15559999", "text":
 * "hi"}}; the answer shows what has arrived there. Immutable.
 *
 * @param phones brings the phone of an address
 */
public record Phone(Function<String, SimulatedPhone> phones) implements Control.Action {
    private static final String ACTS = "shows, texts, switches_off, switches_on, reads, is_unreachable, fails";

    @Override
    public JsonNode run(Control.Call call) {
        JsonNode body = call.body();
        SimulatedPhone phone = phones.apply(Texts.required(body, "address"));
        String act = Texts.required(body, "act");
        switch (act) {
            case "shows" -> {
                // the answer does
            }
            case "texts" -> phone.texts(Texts.required(body, "to"), Texts.required(body, "text"));
            case "switches_off" -> phone.switchesOff();
            case "switches_on" -> phone.switchesOn();
            case "reads" -> phone.reads();
            case "is_unreachable" -> phone.isUnreachable(Texts.small(body, "error_code"));
            case "fails" -> phone.failsWith(Texts.small(body, "error_code"));
            default -> throw new IllegalArgumentException("act: must be one of " + ACTS + ", was " + act);
        }
        return shown(phone);
    }

    private static JsonNode shown(SimulatedPhone phone) {
        ObjectNode answer = Control.object().put("address", phone.address());
        ArrayNode inbox = answer.putArray("inbox");
        phone.inbox()
                .forEach(received -> inbox.addObject()
                        .put("conversation_sid", received.conversationSid())
                        .put("message_sid", received.messageSid())
                        .put("from", received.from())
                        .put("body", received.body()));
        return answer;
    }
}
