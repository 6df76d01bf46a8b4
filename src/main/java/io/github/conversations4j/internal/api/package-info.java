/** The one interface behind every command and query, with an implementation per side: REST and the realtime tunnel. */
@NullMarked
package io.github.conversations4j.internal.api;

import org.jspecify.annotations.NullMarked;
