package io.github.conversations4j.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A content template: what messages can be made from with {@link NewMessage#contentSid()}. Immutable.
 *
 * <p>See <a href="https://www.twilio.com/docs/content/content-api-resources">Content API</a>.
 *
 * @param sid the template SID, {@code HX…}
 * @param friendlyName its name; null if none was set
 * @param variables the variables, with a value to show as an example
 * @param variants what it looks like, by type, such as {@code twilio/text}
 * @param dateCreated when it was created; null if the source did not say
 * @param dateUpdated when it was last changed; null if the source did not say
 */
public record ContentTemplate(
        String sid,
        @Nullable String friendlyName,
        Map<String, String> variables,
        Map<String, Content> variants,
        @Nullable Instant dateCreated,
        @Nullable Instant dateUpdated) {
    /** Copies what was given. */
    public ContentTemplate {
        variables = Map.copyOf(variables);
        variants = Map.copyOf(variants);
    }
}
