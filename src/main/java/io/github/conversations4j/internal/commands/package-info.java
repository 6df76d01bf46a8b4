/** What stands between the public commands and the one interface behind them: checks, client ids, searches, limits. */
@NullMarked
package io.github.conversations4j.internal.commands;

import org.jspecify.annotations.NullMarked;
