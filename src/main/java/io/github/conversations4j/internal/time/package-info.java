/** Waiting and pacing: the system's scheduler and the back-off shared by everything that tries again. */
@NullMarked
package io.github.conversations4j.internal.time;

import org.jspecify.annotations.NullMarked;
