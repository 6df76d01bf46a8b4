package io.github.conversations4j.internal.emulator.faults;

import org.jspecify.annotations.Nullable;

/**
 * A request that somebody made, over HTTP or through a socket. Immutable.
 *
 * @param identity who made it; null if only the account is known
 * @param method {@code GET}, {@code POST} …
 * @param path its path, with its escapes
 */
public record Call(@Nullable String identity, String method, String path) {}
