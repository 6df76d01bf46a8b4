package io.github.conversations4j.benchmark;

import com.twilio.security.RequestValidator;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** From a raw request to a consumer without us: what others need for it, and the least that can be needed. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class WebhookFloorBenchmark {
    /** The request, and what the SDK needs to check it. */
    @State(Scope.Thread)
    public static class Twilio {
        private final WebhookPayload payload = new WebhookPayload();
        private final byte[] body = payload.body();
        private final String signature = payload.signature();
        private final RequestValidator validator = new RequestValidator(WebhookPayload.AUTH_TOKEN);

        boolean validates(byte[] received) {
            return validator.validate(WebhookPayload.URL, decode(received), signature);
        }

        /** A validator that says yes to everything would be fast. */
        @Setup
        public void check() {
            byte[] forged = body.clone();
            forged[forged.length - 10] ^= 1;
            if (!validates(body) || validates(forged)) {
                throw new IllegalStateException("the validator does not tell a forged request from a signed one");
            }
        }
    }

    /** The limit. */
    @State(Scope.Thread)
    public static class Limit {
        private final WebhookPayload payload = new WebhookPayload();
        private final byte[] body = payload.body();
        private final String signature = payload.signature();
        private LeanestReceiver receiver;

        @Setup
        public void check(Blackhole blackhole) throws Exception {
            AtomicReference<LeanestReceiver.Event> seen = new AtomicReference<>();
            LeanestReceiver probe = new LeanestReceiver(WebhookPayload.URL, WebhookPayload.AUTH_TOKEN, seen::set);
            byte[] forged = body.clone();
            forged[forged.length - 10] ^= 1;
            if (probe.receive(forged, signature) || seen.get() != null) {
                throw new IllegalStateException("the limit accepts a forged request");
            }
            if (!probe.receive(body, signature) || !seen.get().body().equals(WebhookPayload.TEXT)) {
                throw new IllegalStateException("the limit does not read a signed request");
            }
            receiver = new LeanestReceiver(WebhookPayload.URL, WebhookPayload.AUTH_TOKEN, blackhole::consume);
        }
    }

    /** Slack's Bolt, on its own wire format. */
    @State(Scope.Thread)
    public static class Bolt {
        private SlackReceiver receiver;

        @Setup
        public void start(Blackhole blackhole) throws Exception {
            AtomicReference<String> seen = new AtomicReference<>();
            try (SlackReceiver probe = new SlackReceiver(seen::set)) {
                if (probe.receive() != 200 || !WebhookPayload.TEXT.equals(seen.get())) {
                    throw new IllegalStateException("Bolt did not call its handler: " + seen.get());
                }
            }
            receiver = new SlackReceiver(blackhole::consume);
        }

        @TearDown
        public void stop() {
            receiver.close();
        }
    }

    @Benchmark
    public boolean decodeAndRequestValidator(Twilio twilio) {
        return twilio.validates(twilio.body);
    }

    @Benchmark
    public boolean limit(Limit limit) throws Exception {
        return limit.receiver.receive(limit.body, limit.signature);
    }

    @Benchmark
    public int bolt(Bolt bolt) throws Exception {
        return bolt.receiver.receive();
    }

    private static Map<String, String> decode(byte[] body) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : new String(body, StandardCharsets.US_ASCII).split("&")) {
            int equals = parameter.indexOf('=');
            parameters.put(
                    URLDecoder.decode(parameter.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
