/** Twilio's JSON, from REST and from the realtime session's tunnel, read into model records. */
@NullMarked
package io.github.conversations4j.internal.json;

import org.jspecify.annotations.NullMarked;
