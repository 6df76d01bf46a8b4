package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.state.StateTimers;
import io.github.conversations4j.model.MessagingBinding;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shapes that several resources share. Stateless. */
final class Json {
    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A date as REST writes it: whole seconds, UTC. */
    static @Nullable String date(@Nullable Instant date) {
        return date == null ? null : date.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static @Nullable String word(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }

    static @Nullable String duration(@Nullable Duration duration) {
        return duration == null ? null : duration.toString();
    }

    /** The dates that a conversation waits for; an empty object if it waits for none. */
    static ObjectNode timers(StateTimers timers) {
        ObjectNode json = object();
        if (timers.dateInactive() != null) {
            json.put("date_inactive", date(timers.dateInactive()));
        }
        if (timers.dateClosed() != null) {
            json.put("date_closed", date(timers.dateClosed()));
        }
        return json;
    }

    static @Nullable ObjectNode binding(@Nullable MessagingBinding binding) {
        if (binding == null) {
            return null;
        }
        return object().put("type", binding.type())
                .put("address", binding.address())
                .put("proxy_address", binding.proxyAddress())
                .put("projected_address", binding.projectedAddress());
    }
}
