/** Keeping a participant's access token fresh. */
@NullMarked
package io.github.conversations4j.internal.token;

import org.jspecify.annotations.NullMarked;
