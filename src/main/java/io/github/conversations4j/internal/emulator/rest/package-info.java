/**
 * Twilio's REST API v1 for Conversations over the state of the emulator: routing, authentication, parameters, paging and
 * the JSON of every resource. Every path works in both forms, for the default service and for a named one.
 */
@NullMarked
package io.github.conversations4j.internal.emulator.rest;

import org.jspecify.annotations.NullMarked;
