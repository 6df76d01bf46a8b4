package io.github.conversations4j;

import java.util.Map;
import java.util.Set;

/**
 * Tells how people are called and what they look like, for example from the user table of the application. Used for chat
 * lists and open chats; see {@link ChatOptions.Builder#profiles}.
 *
 * <p>Called on a thread of the library that may block, never twice at the same time, with everybody who is wanted at the
 * moment and not known yet. What it throws is reported to the error handler of the client; the people are then shown with their
 * ids, and {@link ChatPerson#known()} says so.
 */
@FunctionalInterface
public interface ProfileResolver {
    /**
     * Finds profiles.
     *
     * @param ids identities of chat users, and addresses of people who are reached by SMS, WhatsApp or the like; at least one,
     *     at most {@value ChatOptions#LARGEST_BATCH}
     * @return the profiles by id; who is not in it has none
     * @throws Exception if they cannot be told now
     */
    Map<String, Profile> resolve(Set<String> ids) throws Exception;
}
