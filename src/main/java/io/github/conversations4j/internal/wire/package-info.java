/**
 * What travels between Twilio and us, as bytes: forms, signatures, frames and tokens. Shared by the library and by the
 * emulator, so that each side proves the other. Knows nothing about events, models or transports.
 */
@NullMarked
package io.github.conversations4j.internal.wire;

import org.jspecify.annotations.NullMarked;
