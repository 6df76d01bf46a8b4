/**
 * Typed event hooks, commands and queries for Twilio Conversations (classic): start at
 * {@code ConversationsContext} for one global client, or at {@code ConversationsClient} for several.
 */
@NullMarked
package io.github.conversations4j;

import org.jspecify.annotations.NullMarked;
