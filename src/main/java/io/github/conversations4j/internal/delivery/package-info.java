/** What stands between sources and hooks and keeps the promise: duplicates, former states, marks of what was missed. */
@NullMarked
package io.github.conversations4j.internal.delivery;

import org.jspecify.annotations.NullMarked;
