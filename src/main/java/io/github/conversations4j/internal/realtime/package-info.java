/**
 * The realtime event source: what a participant's client sees of their conversations, on top of a session and of Sync, and
 * what it asks through the session's tunnel.
 */
@NullMarked
package io.github.conversations4j.internal.realtime;

import org.jspecify.annotations.NullMarked;
