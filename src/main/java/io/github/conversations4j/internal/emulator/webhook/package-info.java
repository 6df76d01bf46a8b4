/**
 * The webhooks of the emulator: what each event tells, to whom it goes, how it is signed and sent, and what became of it.
 */
@NullMarked
package io.github.conversations4j.internal.emulator.webhook;

import org.jspecify.annotations.NullMarked;
