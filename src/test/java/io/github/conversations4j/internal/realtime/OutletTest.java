package io.github.conversations4j.internal.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.TokenExpired;
import io.github.conversations4j.internal.realtime.session.SessionContext;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.testing.ManualTime;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** In which order events go to a sink that has no room for some time. */
class OutletTest {
    private final ManualTime time = new ManualTime();
    private final EventRecorder sink = new EventRecorder();
    private final SessionContext context = new SessionContext(time, time, new SplittableRandom(1));
    private final Outlet outlet = new Outlet(sink, context);

    private MessageUpdated message(String sid, String conversation) {
        return new MessageUpdated(
                outlet.meta(sid, null, true),
                Message.builder(sid, conversation, 0).build(),
                Set.of());
    }

    private void locked(Runnable task) {
        context.exclusive().run(task);
    }

    @Test
    void whatWaitsGoesAheadOfWhatComesLater() {
        sink.full = true;
        locked(() -> outlet.offerSurely(message("IMold", "CH1")));
        sink.full = false;
        locked(() -> {
            assertThat(outlet.offer(message("IMnew", "CH1"))).isFalse();
            assertThat(outlet.offer(message("IMother", "CH2"))).isTrue();
            outlet.offerSurely(message("IMnewer", "CH1"));
            outlet.offerSurely(new TokenExpired(outlet.meta("token", null, false)));
            outlet.room();
            assertThat(outlet.offer(message("IMnew", "CH1"))).isTrue();
        });

        assertThat(sink.described())
                .containsExactly(
                        "messageUpdated IMother (recovered)",
                        "tokenExpired",
                        "messageUpdated IMold (recovered)",
                        "messageUpdated IMnewer (recovered)",
                        "messageUpdated IMnew (recovered)");
        time.advance(Duration.ofSeconds(1));
        assertThat(time.pending()).isZero();
    }

    @Test
    void whatWaitsIsOfferedAgainWithoutASignalToo() {
        sink.full = true;
        locked(() -> {
            outlet.offerSurely(message("IM1", "CH1"));
            outlet.offerSurely(message("IM2", "CH2"));
        });
        time.advance(Duration.ofSeconds(1));
        assertThat(time.pending()).isEqualTo(1);
        sink.full = false;
        time.advance(Duration.ofMillis(50));

        assertThat(sink.described())
                .containsExactly("messageUpdated IM1 (recovered)", "messageUpdated IM2 (recovered)");
        assertThat(time.pending()).isZero();
    }
}
