package io.github.conversations4j.tests;

import java.time.Duration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test class that leaves a thread behind, or during which an uncaught exception ended one. Registered for every
 * test class through {@code META-INF/services}; there is nothing to annotate and no way to opt out.
 *
 * <p>The watch is laid into the store of the outermost test class before anything else, so it is closed after
 * everything else: after the class's own {@code @AfterAll}, after other extensions, after their stored resources.
 *
 * <p>Virtual threads are in no thread group and are not seen here.
 */
public final class LeakGuard implements BeforeAllCallback {
    /** How long threads that were told to end may take, as a {@link Duration}; for the tests of the guard itself. */
    static final String PATIENCE = "conversations4j.leakguard.patience";

    private static final Namespace NAMESPACE = Namespace.create(LeakGuard.class);
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

    @Override
    public void beforeAll(ExtensionContext context) {
        boolean nested =
                context.getParent().flatMap(ExtensionContext::getTestClass).isPresent();
        if (nested) {
            return;
        }
        Duration patience =
                context.getConfigurationParameter(PATIENCE, Duration::parse).orElse(DEFAULT_PATIENCE);
        context.getStore(NAMESPACE).put(LeakWatch.class, LeakWatch.start(context.getDisplayName(), patience));
    }
}
