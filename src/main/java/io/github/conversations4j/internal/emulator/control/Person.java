package io.github.conversations4j.internal.emulator.control;

import static io.github.conversations4j.internal.emulator.control.Texts.required;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.emulator.SimulatedParticipant;
import io.github.conversations4j.emulator.SimulatedUser;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Lets a test in any language act as a person: {@code {"identity": "bob", "conversation": "general", "act": "says",
 * "text": "hi"}}. Acts are called as the methods of {@link SimulatedUser} and {@link SimulatedParticipant} are, in snake
 * case. Immutable.
 *
 * @param users brings the person of an identity
 */
public record Person(Function<String, SimulatedUser> users) implements Control.Action {
    private static final Map<String, BiConsumer<SimulatedUser, JsonNode>> ALONE = Map.of(
            "is_called", (user, body) -> user.isCalled(required(body, "friendly_name")),
            "has_attributes", (user, body) -> user.hasAttributes(Texts.json(body, "attributes")),
            "goes_online", (user, body) -> user.goesOnline(),
            "goes_offline", (user, body) -> user.goesOffline(),
            "registers_device", (user, body) -> user.registersDevice(required(body, "type"), required(body, "device")),
            "forgets_device", (user, body) -> user.forgetsDevice(required(body, "type"), required(body, "device")));

    private static final Map<String, BiConsumer<SimulatedParticipant, JsonNode>> TOGETHER = Map.ofEntries(
            Map.entry("joins", (person, body) -> person.joins()),
            Map.entry("leaves", (person, body) -> person.leaves()),
            Map.entry("types", (person, body) -> person.types()),
            Map.entry("says", (person, body) -> person.says(required(body, "text"))),
            Map.entry("sends", (person, body) -> Letters.send(person, body)),
            Map.entry("edits", (person, body) -> person.edits(required(body, "message_sid"), required(body, "text"))),
            Map.entry(
                    "sets_message_attributes",
                    (person, body) -> person.setsMessageAttributes(
                            required(body, "message_sid"), Texts.json(body, "attributes"))),
            Map.entry("removes", (person, body) -> person.removes(required(body, "message_sid"))),
            Map.entry("reads", (person, body) -> person.reads(Texts.number(body, "index"))),
            Map.entry("advances_to", (person, body) -> person.advancesTo(Texts.number(body, "index"))),
            Map.entry("reads_all", (person, body) -> person.readsAll()),
            Map.entry("reads_nothing", (person, body) -> person.readsNothing()),
            Map.entry("mutes", (person, body) -> person.mutes()),
            Map.entry("unmutes", (person, body) -> person.unmutes()),
            Map.entry("renames", (person, body) -> person.renames(required(body, "friendly_name"))),
            Map.entry("renames_uniquely", (person, body) -> person.renamesUniquely(required(body, "unique_name"))),
            Map.entry(
                    "sets_conversation_attributes",
                    (person, body) -> person.setsConversationAttributes(Texts.json(body, "attributes"))),
            Map.entry("deletes_conversation", (person, body) -> person.deletesConversation()),
            Map.entry("adds", (person, body) -> person.adds(required(body, "who"))),
            Map.entry(
                    "adds_address",
                    (person, body) -> person.addsAddress(required(body, "address"), required(body, "proxy_address"))),
            Map.entry(
                    "sets_participant_attributes",
                    (person, body) ->
                            person.setsParticipantAttributes(required(body, "who"), Texts.json(body, "attributes"))),
            Map.entry("dismisses", (person, body) -> person.dismisses(required(body, "who"))));

    /** To tell the conversation after these would bring the person in again. */
    private static final Set<String> ENDS = Set.of("leaves", "deletes_conversation");

    private static final Set<String> SPEAKS = Set.of("says", "sends");

    /**
     * What there is.
     *
     * @return the names of all acts, sorted
     */
    public static Set<String> acts() {
        Set<String> acts = new TreeSet<>(ALONE.keySet());
        acts.addAll(TOGETHER.keySet());
        return acts;
    }

    @Override
    public JsonNode run(Control.Call call) {
        JsonNode body = call.body();
        SimulatedUser user = users.apply(required(body, "identity"));
        String act = required(body, "act");
        BiConsumer<SimulatedUser, JsonNode> alone = ALONE.get(act);
        if (alone != null) {
            alone.accept(user, body);
            return Control.object();
        }
        BiConsumer<SimulatedParticipant, JsonNode> together = TOGETHER.get(act);
        if (together == null) {
            throw new IllegalArgumentException("act: must be one of " + String.join(", ", acts()) + ", was " + act);
        }
        SimulatedParticipant person = user.in(required(body, "conversation"));
        together.accept(person, body);
        return Control.object()
                .put("conversation_sid", ENDS.contains(act) ? null : person.conversationSid())
                .put("message_sid", SPEAKS.contains(act) ? person.lastMessageSid() : null);
    }
}
