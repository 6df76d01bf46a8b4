/** The websocket under a realtime session, behind an interface so that tests can be the other end of it. */
@NullMarked
package io.github.conversations4j.internal.realtime.channel;

import org.jspecify.annotations.NullMarked;
