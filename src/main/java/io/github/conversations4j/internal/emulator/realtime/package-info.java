/**
 * The socket of the emulator: Twilio's realtime protocol over the same state as REST and webhooks.
 *
 * <p>{@code SyncObject}s are views: what is read comes from the state, what happens comes from its changes, and the
 * sequence of the service is the event id of both, so that a client that reads and then subscribes misses nothing.
 */
@NullMarked
package io.github.conversations4j.internal.emulator.realtime;

import org.jspecify.annotations.NullMarked;
