/**
 * Calls to Twilio's REST API with account credentials: requests of twilio-java carried by OkHttp, repeats that never
 * double a write, and the commands and queries on top of them. See {@code docs/adr/0001-rest-without-generated-resources.md}.
 */
@NullMarked
package io.github.conversations4j.internal.rest;

import org.jspecify.annotations.NullMarked;
