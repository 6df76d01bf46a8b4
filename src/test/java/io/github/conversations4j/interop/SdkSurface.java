package io.github.conversations4j.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything public of the JavaScript client, as its typings have it, and what of it cannot be tried on the emulator. Names
 * are those of {@link JavaScript#used}. Stateless.
 */
final class SdkSurface {
    private static final Map<String, String> MARKS =
            Map.of("methods", ".", "properties", ".", "statics", "::", "events", "#");

    /** Whole classes end with their mark. */
    private static final Map<String, String> NOT_TRIED = Map.of(
            "ChannelMetadata.", "the emulator has no messages with channel metadata: there is none to get",
            "EmailRecipientDescriptor.", "the emulator takes no e-mails in: messages have no recipients",
            "UnknownRecipientDescriptor.", "the emulator takes no e-mails in: messages have no recipients",
            "Client::populateInitRegistrations", "fills a registration of the socket library, before there is a client",
            "User.entityName", "can only be written, by the client itself");

    private SdkSurface() {}

    /** What there is to try. */
    static Set<String> of(JsonNode members) {
        Set<String> all = new TreeSet<>();
        members.fields()
                .forEachRemaining(type -> MARKS.forEach((kind, mark) ->
                        type.getValue().path(kind).forEach(member -> all.add(type.getKey() + mark + member.asText()))));
        return all;
    }

    /** What was not tried, though nothing says why. */
    static Set<String> forgotten(JsonNode members, Set<String> used) {
        Set<String> left = of(members);
        left.removeAll(used);
        left.removeIf(member -> NOT_TRIED.keySet().stream().anyMatch(member::startsWith));
        return left;
    }

    /** Reasons for what was tried all the same, or is not there. */
    static Map<String, String> needless(JsonNode members, Set<String> used) {
        Map<String, String> needless = new TreeMap<>(NOT_TRIED);
        needless.keySet()
                .removeIf(name ->
                        of(members).stream().anyMatch(member -> member.startsWith(name) && !used.contains(member)));
        return needless;
    }
}
