/** Runs the examples and holds the documentation to them. */
@NullMarked
package io.github.conversations4j.examples;

import org.jspecify.annotations.NullMarked;
