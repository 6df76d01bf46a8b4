package io.github.conversations4j;

/**
 * Where everything ends up that went wrong and that nobody waits for: hooks that throw, commands that fail unseen,
 * sources that give up. The default logs it.
 *
 * <p>May be called from any thread, also at the same time. What it throws is logged and goes no further.
 */
@FunctionalInterface
public interface ErrorHandler {
    /**
     * Takes note of a failure.
     *
     * @param report what failed, and why
     */
    void onError(ErrorReport report);
}
