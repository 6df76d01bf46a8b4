/**
 * What goes wrong in an emulator because somebody asked for it: rules that strike by chance or by count, and what they do.
 * Knows nothing of what it strikes.
 */
@NullMarked
package io.github.conversations4j.internal.emulator.faults;

import org.jspecify.annotations.NullMarked;
