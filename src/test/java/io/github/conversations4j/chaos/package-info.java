/** The promise, while everything that can go wrong does: by chance with a seed, from a small form to hours. */
@NullMarked
package io.github.conversations4j.chaos;

import org.jspecify.annotations.NullMarked;
