/**
 * A local Twilio Conversations for tests, demos and work without an account. Start at {@link
 * io.github.conversations4j.emulator.ConversationsEmulator}.
 *
 * <p>Needs {@code com.squareup.okhttp3:mockwebserver3} on the classpath, which the library does not bring along.
 */
@NullMarked
package io.github.conversations4j.emulator;

import org.jspecify.annotations.NullMarked;
