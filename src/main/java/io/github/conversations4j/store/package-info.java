/**
 * How far delivery has come, kept where a restart finds it: {@link io.github.conversations4j.store.CursorStore} and the
 * stores that ship.
 */
@NullMarked
package io.github.conversations4j.store;

import org.jspecify.annotations.NullMarked;
