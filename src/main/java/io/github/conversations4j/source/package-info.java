/** Event sources: where events come from, what each can see, and their settings. */
@NullMarked
package io.github.conversations4j.source;

import org.jspecify.annotations.NullMarked;
