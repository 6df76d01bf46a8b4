/** Twilio's Media Content Service, over plain HTTPS on both kinds of client: upload, lookup, temporary links, bytes. */
@NullMarked
package io.github.conversations4j.internal.media;

import org.jspecify.annotations.NullMarked;
