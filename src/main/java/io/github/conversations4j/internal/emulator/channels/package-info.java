/** People at phones: what reaches them from conversations, and what they send into them. */
@NullMarked
package io.github.conversations4j.internal.emulator.channels;

import org.jspecify.annotations.NullMarked;
