/** What the event sources of this library share. */
@NullMarked
package io.github.conversations4j.internal.source;

import org.jspecify.annotations.NullMarked;
