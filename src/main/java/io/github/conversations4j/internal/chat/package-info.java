/** Chat lists and open chats: read in few calls, cached, and kept right by events. */
@NullMarked
package io.github.conversations4j.internal.chat;

import org.jspecify.annotations.NullMarked;
