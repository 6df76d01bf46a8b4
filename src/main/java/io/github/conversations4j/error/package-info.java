/**
 * What can go wrong, unchecked, under one root: {@link io.github.conversations4j.error.ConversationsException}. There is a
 * type of its own only where a caller would do something else about it.
 */
@NullMarked
package io.github.conversations4j.error;

import org.jspecify.annotations.NullMarked;
