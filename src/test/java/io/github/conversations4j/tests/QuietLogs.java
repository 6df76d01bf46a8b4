package io.github.conversations4j.tests;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Shows what a test logged only if the test failed: many of ours provoke the very errors that are logged, and a page of
 * expected stack traces hides the one that is not. Registered like {@link LeakGuard}.
 */
public final class QuietLogs implements BeforeEachCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(QuietLogs.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        Held held = new Held(System.err, new ByteArrayOutputStream());
        context.getStore(NAMESPACE).put(Held.class, held);
        System.setErr(new PrintStream(held.text(), true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Held held = context.getStore(NAMESPACE).remove(Held.class, Held.class);
        System.setErr(held.console());
        if (context.getExecutionException().isPresent()) {
            held.console().print(held.text().toString(StandardCharsets.UTF_8));
        }
    }

    private record Held(PrintStream console, ByteArrayOutputStream text) {}
}
