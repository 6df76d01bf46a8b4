package io.github.conversations4j.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.slf4j.LoggerFactory;

class QuietLogsTest {
    @Test
    void what_a_failing_test_logged_is_shown() {
        assertThat(shownBy(Fails.class)).contains("a trace of the failure");
    }

    @Test
    void what_a_passing_test_logged_is_not_shown() {
        assertThat(shownBy(Passes.class)).isEmpty();
    }

    private static String shownBy(Class<?> testClass) {
        PrintStream former = System.err;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try {
            EngineTestKit.engine("junit-jupiter")
                    .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                    .selectors(selectClass(testClass))
                    .execute();
        } finally {
            System.setErr(former);
        }
        return shown.toString(StandardCharsets.UTF_8);
    }

    static class Fails {
        @Test
        void fails() {
            LoggerFactory.getLogger(Fails.class).error("a trace of the failure");
            throw new AssertionError("on purpose");
        }
    }

    static class Passes {
        @Test
        void passes() {
            LoggerFactory.getLogger(Passes.class).error("an expected error");
            assertThat(1).isPositive();
        }
    }
}
