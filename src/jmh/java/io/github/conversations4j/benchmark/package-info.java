/** What it costs, beside what it costs others. */
@NullMarked
package io.github.conversations4j.benchmark;

import org.jspecify.annotations.NullMarked;
