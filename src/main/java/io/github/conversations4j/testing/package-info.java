/** What users put into their own tests: time that is moved by hand, and whatever else makes a test repeatable. */
@NullMarked
package io.github.conversations4j.testing;

import org.jspecify.annotations.NullMarked;
