/** The poll source and the sweep: reads REST lists, compares them with what is known, and tells what changed. */
@NullMarked
package io.github.conversations4j.internal.poll;

import org.jspecify.annotations.NullMarked;
