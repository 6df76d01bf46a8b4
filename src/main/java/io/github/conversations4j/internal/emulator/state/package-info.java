/**
 * The Twilio that the emulator holds in memory: what there is, the rules by which it changes, and a record of every
 * change.
 *
 * <p>{@link io.github.conversations4j.internal.emulator.state.Twilio} is the account. Below it are services, and in a
 * service the rooms of its conversations. Everything that acts (REST, a simulated person, a socket, a timer) calls the
 * same commands; everything that watches (webhooks, sockets, logs, tests) listens to the same
 * {@link io.github.conversations4j.internal.emulator.state.Change changes}.
 *
 * <p>Locks: one for each service and one for the account, never two at a time, never held while a
 * {@link io.github.conversations4j.internal.emulator.state.Gate gate} decides, a listener runs or anything waits. What
 * leaves this package is immutable.
 */
@NullMarked
package io.github.conversations4j.internal.emulator.state;

import org.jspecify.annotations.NullMarked;
