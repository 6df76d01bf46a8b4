package io.github.conversations4j.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The guard is seen to bite: each of the classes at the end does one thing and is run in an engine of its own. */
class LeakGuardTest {
    /** Held back by a test so that the threads of the classes below outlive them, and end before this class does. */
    private static volatile CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void holdBack() {
        release = new CountDownLatch(1);
    }

    @AfterEach
    void letGo() throws IOException {
        release.countDown();
        if (LeavesSocket.left != null) {
            LeavesSocket.left.close();
        }
    }

    @Test
    void a_daemon_thread_with_our_name_that_stays_fails_the_class() {
        assertThat(failuresOf(LeavesOurThread.class)).singleElement().satisfies(failure -> {
            assertThat(failure).contains("left running: conversations4j-planted (daemon)");
            assertThat(failure).contains(LeakGuardTest.class.getName() + ".lambda$untilReleased");
        });
    }

    @Test
    void a_non_daemon_thread_of_anybody_that_stays_fails_the_class() {
        assertThat(failuresOf(LeavesForeignThread.class))
                .singleElement()
                .satisfies(failure -> assertThat(failure).contains("left running: planted"));
    }

    @Test
    void a_thread_of_a_nested_class_that_stays_fails_the_outer_class() {
        assertThat(failuresOf(NestedLeavesThread.class))
                .singleElement()
                .satisfies(failure -> assertThat(failure).contains("left running: conversations4j-nested"));
    }

    @Test
    void an_uncaught_exception_on_another_thread_fails_the_class() {
        assertThat(failuresOf(LosesThread.class))
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .contains("ended by an uncaught exception: doomed")
                        .contains("planted failure"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_socket_that_stays_open_fails_the_class() {
        assertThat(failuresOf(LeavesSocket.class))
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .contains("left open: socket on port " + LeavesSocket.left.getLocalPort() + " to port 0"));
    }

    @Test
    void threads_that_end_are_waited_for_and_daemons_of_others_may_stay() {
        assertThat(failuresOf(CleansUp.class)).isEmpty();
    }

    @Test
    void the_handler_of_the_surrounding_run_is_put_back() {
        var surrounding = Thread.getDefaultUncaughtExceptionHandler();
        failuresOf(LosesThread.class);
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(surrounding);
    }

    private static List<String> failuresOf(Class<?> testClass) {
        String patience = testClass == CleansUp.class ? "PT10S" : "PT0.05S";
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .configurationParameter(LeakGuard.PATIENCE, patience)
                .selectors(selectClass(testClass))
                .execute()
                .allEvents()
                .failed()
                .stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow().getMessage())
                .toList();
    }

    private static Thread untilReleased(String name, boolean daemon) {
        CountDownLatch latch = release;
        Thread thread = new Thread(
                () -> {
                    try {
                        latch.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(daemon);
        thread.start();
        return thread;
    }

    static class LeavesOurThread {
        @Test
        void leaves() {
            assertThat(untilReleased("conversations4j-planted", true).isAlive()).isTrue();
        }
    }

    static class LeavesForeignThread {
        @Test
        void leaves() {
            assertThat(untilReleased("planted", false).isAlive()).isTrue();
        }
    }

    static class NestedLeavesThread {
        @Nested
        class Inner {
            @Test
            void leaves() {
                assertThat(untilReleased("conversations4j-nested", true).isAlive())
                        .isTrue();
            }
        }
    }

    static class LosesThread {
        @Test
        void loses() throws InterruptedException {
            Thread doomed = new Thread(
                    () -> {
                        throw new IllegalStateException("planted failure");
                    },
                    "doomed");
            doomed.start();
            doomed.join();
        }
    }

    static class LeavesSocket {
        private static ServerSocket left;

        @Test
        void leaves() throws IOException {
            left = new ServerSocket(0);
        }
    }

    static class CleansUp {
        @Test
        void leaves_only_what_may_stay() {
            assertThat(untilReleased("OkHttp TaskRunner", true).isAlive()).isTrue();
        }

        @AfterAll
        static void leave_one_that_ends_once_the_guard_waits() {
            Thread guarded = Thread.currentThread();
            Thread slow = new Thread(
                    () -> {
                        while (guarded.getState() != Thread.State.TIMED_WAITING) {
                            Thread.onSpinWait();
                        }
                    },
                    "conversations4j-slow");
            slow.start();
        }
    }
}
