/**
 * Twilio's media service: files are uploaded here, looked up, and fetched with credentials or by links that expire.
 */
@NullMarked
package io.github.conversations4j.internal.emulator.media;

import org.jspecify.annotations.NullMarked;
