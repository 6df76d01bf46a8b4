/**
 * Everything that can happen, a record per event. {@link io.github.conversations4j.event.EventType} is the typed key
 * of each. Event records do not grow; switches over them need a {@code default}.
 */
@NullMarked
package io.github.conversations4j.event;

import org.jspecify.annotations.NullMarked;
