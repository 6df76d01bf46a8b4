/**
 * What tests and demonstrations in any language may do with an emulator over HTTP, below {@code /emulator}: fill it, act
 * as people, get development tokens and look at what was sent. Nothing of this exists at Twilio.
 */
@NullMarked
package io.github.conversations4j.internal.emulator.control;

import org.jspecify.annotations.NullMarked;
