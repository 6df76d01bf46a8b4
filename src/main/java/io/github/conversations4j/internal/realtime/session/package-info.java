/**
 * The realtime session: one websocket at a time, kept alive over drops, token changes and moves, and the tunnel through
 * which requests travel on it.
 */
@NullMarked
package io.github.conversations4j.internal.realtime.session;

import org.jspecify.annotations.NullMarked;
