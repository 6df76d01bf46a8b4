/**
 * How the emulator is reached: requests and answers as plain values, the routes between them, and the web server that
 * carries them. Everything the emulator offers over HTTP is a
 * {@link io.github.conversations4j.internal.emulator.http.Route}, which knows nothing about the server.
 */
@NullMarked
package io.github.conversations4j.internal.emulator.http;

import org.jspecify.annotations.NullMarked;
