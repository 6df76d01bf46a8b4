package io.github.conversations4j.internal.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.NewMedia;
import io.github.conversations4j.model.NewMessage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a message with everything that can be in one, and has somebody send it. Stateless. */
final class Letters {
    private Letters() {}

    static void send(SimulatedParticipant person, JsonNode body) {
        NewMessage.Builder message = NewMessage.builder()
                .body(Texts.optional(body, "text"))
                .subject(Texts.optional(body, "subject"))
                .contentSid(Texts.optional(body, "content_sid"))
                .contentVariables(variables(body.path("content_variables")));
        if (Texts.has(body, "attributes")) {
            message.attributes(Attributes.of(Texts.json(body, "attributes")));
        }
        person.sends(message.build(), files(body.path("files")).toArray(new NewMedia[0]));
    }

    private static Map<String, String> variables(JsonNode given) {
        Map<String, String> variables = new HashMap<>();
        given.fields().forEachRemaining(entry -> variables.put(entry.getKey(), Texts.required(given, entry.getKey())));
        return variables;
    }

    private static List<NewMedia> files(JsonNode given) {
        List<NewMedia> files = new ArrayList<>();
        for (JsonNode file : given) {
            NewMedia media = NewMedia.of(bytes(Texts.required(file, "base64")), Texts.required(file, "content_type"));
            String name = Texts.optional(file, "filename");
            files.add(name == null ? media : media.named(name));
        }
        return files;
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("base64: " + e.getMessage(), e);
        }
    }
}
