/** Who is called for which event, and on what thread. */
@NullMarked
package io.github.conversations4j.internal.hooks;

import org.jspecify.annotations.NullMarked;
