/**
 * What Twilio Conversations holds, as immutable records. A component is null only where the wire may leave it out.
 *
 * <p>Records may grow: new components are appended and older constructors stay; tests that build many of them use
 * the builders.
 */
@NullMarked
package io.github.conversations4j.model;

import org.jspecify.annotations.NullMarked;
