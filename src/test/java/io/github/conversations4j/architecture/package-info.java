/** The rules of the house that a compiler does not check. */
@NullMarked
package io.github.conversations4j.architecture;

import org.jspecify.annotations.NullMarked;
