package io.github.conversations4j.internal.emulator.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.internal.emulator.faults.FaultBook;
import io.github.conversations4j.internal.emulator.state.Behaviour;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.internal.wire.Packet;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.token.TokenMinter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import okio.ByteString;
import org.junit.jupiter.api.Test;

/** What whoever comes in may count on when they have the answer. */
class SocketTimersTest {
    private static final String SERVICE = "IS0123456789abcdef0123456789abcdef";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String KEY = "SK0123456789abcdef0123456789abcdef";

    private final ManualTime time = new ManualTime();
    private final Twilio twilio = new Twilio(
            "AC0123456789abcdef0123456789abcdef", SERVICE, Behaviour.DEFAULT, time, time, new SplittableRandom(1));
    private final Sockets sockets =
            new Sockets(twilio, KEY, SECRET, time, time, new FaultBook(1), () -> "http://127.0.0.1");

    @Test
    void the_timers_of_a_socket_run_when_its_owner_hears_that_they_are_in() {
        List<Integer> timers = new ArrayList<>();
        Line line = new Line(sockets) {
            @Override
            public boolean send(ByteString bytes) {
                timers.add(time.pending());
                return super.send(bytes);
            }
        };
        String token = TokenMinter.builder(twilio.accountSid())
                .apiKey(KEY, SECRET)
                .serviceSid(SERVICE)
                .clock(time)
                .build()
                .mint("alice");
        line.session.onMessage(
                line,
                ByteString.of(Sockets.CODEC.encode(Packet.of(SyncShapes.object()
                        .put("method", "init")
                        .put("id", "TM1")
                        .put("token", token)))));

        assertThat(line.last().header().at("/status/code").intValue()).isEqualTo(200);
        assertThat(timers)
                .as("the warning, the end of the token and the next ping")
                .containsExactly(3);
        line.session.drop();
        assertThat(time.pending()).isZero();
    }
}
