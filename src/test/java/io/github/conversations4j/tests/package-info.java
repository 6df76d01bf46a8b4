/** What our own tests stand on. */
@NullMarked
package io.github.conversations4j.tests;

import org.jspecify.annotations.NullMarked;
