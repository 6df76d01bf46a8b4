/** Our client for participants beside Twilio's own JavaScript client, on the same emulator. */
@NullMarked
package io.github.conversations4j.benchmark.realtime;

import org.jspecify.annotations.NullMarked;
