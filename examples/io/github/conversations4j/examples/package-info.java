/** Programs that the documentation is cut out of; compiled, run and checked by the build, and in no jar. */
@NullMarked
package io.github.conversations4j.examples;

import org.jspecify.annotations.NullMarked;
