/**
 * Twilio's own JavaScript client and ours on the same emulator. What is called {@code *Interop} runs with {@code mvn
 * -Pinterop test} only, because it installs that client with npm.
 */
@NullMarked
package io.github.conversations4j.interop;

import org.jspecify.annotations.NullMarked;
