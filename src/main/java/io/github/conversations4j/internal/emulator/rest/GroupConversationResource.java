package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.ParticipantDraft;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.model.ConversationState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /ConversationWithParticipants}. Answers 201 when everything is done, 202 while it is not. Each participant is a
 * JSON text in the field names of the answers.
 */
final class GroupConversationResource {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private GroupConversationResource() {}

    static void register(RouteTable table) {
        table.both("POST", "/ConversationWithParticipants", GroupConversationResource::create);
    }

    private static Result create(RestCall call) {
        List<ParticipantDraft> people = call.parameters().list("Participant").stream()
                .map(GroupConversationResource::participant)
                .toList();
        StoredConversation made =
                call.service().groups().create(call.loud(), ConversationResource.draft(call.parameters()), people);
        boolean ready = made.state() != ConversationState.INITIALIZING;
        return new Result(ready ? 201 : 202, ConversationResource.json(call, made));
    }

    private static ParticipantDraft participant(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            JsonNode binding = json.path("messaging_binding");
            return new ParticipantDraft()
                    .identity(text(json, "identity"))
                    .attributes(text(json, "attributes"))
                    .roleSid(text(json, "role_sid"))
                    .address(text(binding, "address"))
                    .proxyAddress(text(binding, "proxy_address"))
                    .projectedAddress(text(binding, "projected_address"));
        } catch (JsonProcessingException e) {
            throw TwilioFault.invalid(Parameters.INVALID, "Participant must be a JSON object");
        }
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isTextual() ? value.textValue() : null;
    }
}
