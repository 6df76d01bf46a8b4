package io.github.conversations4j.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.error.CallTimeoutException;
import io.github.conversations4j.event.ConnectionError;
import io.github.conversations4j.event.ConnectionState;
import io.github.conversations4j.event.ConnectionStateChanged;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.testing.ManualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is told of how calls fare, in which order. */
class HealthTest {
    private final ManualTime time = new ManualTime();
    private final List<Object> told = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private final Health health = new Health(time, new Random(1), pause -> {}, event -> {
        Runnable now = meanwhile;
        meanwhile = () -> {};
        now.run();
        told.add(what(event));
    });

    private static Object what(ConversationsEvent event) {
        return event instanceof ConnectionStateChanged changed
                ? changed.state()
                : ((ConnectionError) event).cause().getClass();
    }

    private void fails() {
        health.failed(new CallTimeoutException("list conversations: no answer", null));
    }

    @Test
    void theLastStateThatIsToldIsTheOneThatHolds() {
        meanwhile = this::fails;
        health.started();
        assertThat(told)
                .containsExactly(ConnectionState.CONNECTED, CallTimeoutException.class, ConnectionState.CONNECTING);
    }

    @Test
    void nobodyIsConnectedWhileItIsBeingClosed() {
        health.started();
        health.moveTo(ConnectionState.DISCONNECTING);
        health.succeeded();
        health.moveTo(ConnectionState.DISCONNECTED);
        health.succeeded();
        assertThat(told)
                .containsExactly(
                        ConnectionState.CONNECTED, ConnectionState.DISCONNECTING, ConnectionState.DISCONNECTED);
    }
}
