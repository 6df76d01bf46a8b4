package io.github.conversations4j;

import org.jspecify.annotations.Nullable;

/**
 * Somebody in a chat as an application shows them. Immutable; Jackson writes it as it is.
 *
 * @param id the identity of a chat user, the address of somebody who is reached by SMS, WhatsApp or the like
 * @param displayName the name of the profile; without one the id
 * @param avatar where the picture is; null for none
 * @param known whether there is a profile. False where the {@link ProfileResolver} knows nobody of that id, has failed, or has
 *     not answered in time
 */
public record ChatPerson(
        String id, String displayName, @Nullable String avatar, boolean known) {}
