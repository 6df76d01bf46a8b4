package io.github.conversations4j.internal.emulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A content template. Immutable, as long as nobody writes into the JSON.
 *
 * @param sid {@code HX…}
 * @param friendlyName its name
 * @param language its language
 * @param variables a JSON object with an example under each name
 * @param types a JSON object with a variant under each type
 * @param dateCreated when it was made
 */
public record StoredTemplate(
        String sid,
        @Nullable String friendlyName,
        String language,
        JsonNode variables,
        JsonNode types,
        Instant dateCreated) {}
