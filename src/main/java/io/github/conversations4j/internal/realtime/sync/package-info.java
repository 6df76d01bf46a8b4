/**
 * Twilio Sync as the realtime session carries it: documents, lists and maps, each with a log of numbered events that can be
 * followed and caught up with.
 */
@NullMarked
package io.github.conversations4j.internal.realtime.sync;

import org.jspecify.annotations.NullMarked;
