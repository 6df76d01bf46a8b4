package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.DeadLetterHook;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an event when a hook throws. Immutable.
 *
 * @param times how often the hook is called again at most
 * @param within how long its lane may be held up by that
 * @param deadLetters is given what it failed on for good; null for nobody
 */
public record HookRetries(
        int times, Duration within, @Nullable DeadLetterHook deadLetters) {}
