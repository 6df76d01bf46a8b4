package io.github.conversations4j.model;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What whoever has it may do. Immutable.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/role-resource">Role resource</a>.
 *
 * @param sid the role SID, {@code RL…}
 * @param friendlyName its name
 * @param scope where it holds
 * @param permissions what it allows, in Twilio's words, such as {@code sendMessage}
 * @param dateCreated when it was created; null if the source did not say
 * @param dateUpdated when it was last changed; null if the source did not say
 */
public record Role(
        String sid,
        @Nullable String friendlyName,
        Scope scope,
        Set<String> permissions,
        @Nullable Instant dateCreated,
        @Nullable Instant dateUpdated) {
    /** Copies what was given. */
    public Role {
        permissions = Set.copyOf(permissions);
    }

    /** Where a role holds. */
    public enum Scope {
        /** For participants, in a conversation. */
        CONVERSATION,
        /** For users, in the whole service. */
        SERVICE,
        /** Anything that Twilio may add. */
        UNKNOWN;

        /**
         * Reads Twilio's text.
         *
         * @param text {@code conversation} or {@code service}, in any case
         * @return the scope, {@link #UNKNOWN} for a text that is not known
         */
        public static Scope of(String text) {
            for (Scope scope : values()) {
                if (scope.name().equalsIgnoreCase(text)) {
                    return scope;
                }
            }
            return UNKNOWN;
        }
    }
}
