/** Threads that the library makes, names and ends. */
@NullMarked
package io.github.conversations4j.internal.threads;

import org.jspecify.annotations.NullMarked;
