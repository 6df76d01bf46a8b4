package io.github.conversations4j.benchmark;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.delivery.Delivery;
import io.github.conversations4j.internal.delivery.OrderLimits;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.hooks.HookThreads;
import io.github.conversations4j.internal.hooks.QueueLimits;
import io.github.conversations4j.internal.webhook.Decisions;
import io.github.conversations4j.internal.webhook.WebhookAccount;
import io.github.conversations4j.internal.webhook.WebhookHandler;
import io.github.conversations4j.internal.wire.Form;
import io.github.conversations4j.internal.wire.FormCodec;
import io.github.conversations4j.internal.wire.TwilioSignature;
import io.github.conversations4j.source.EventSources;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/**
 * Our own way from the raw request: to the checked signature, and to the hook. {@code hook} goes through a client, as users
 * have it; {@code heart} through what lies between request and hook in it and nothing else. Compare both with {@code
 * limitOfMany}, which is fed the same different messages; those of {@link WebhookFloorBenchmark} stay in the cache.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
public class WebhookBenchmark {
    /** Form and signature alone. */
    @State(Scope.Thread)
    public static class Verifier {
        private final WebhookPayload payload = new WebhookPayload();
        private final byte[] body = payload.body();
        private final String signature = payload.signature();
        private final List<String> urls = List.of(WebhookPayload.URL);
        private final FormCodec codec = new FormCodec(256 * 1024, 200);
        private final TwilioSignature verifier = new TwilioSignature(List.of(WebhookPayload.AUTH_TOKEN));
        private final Form form = new Form();

        boolean verifies(byte[] received) {
            return verifier.verifies(signature, urls, codec.decode(received, form));
        }

        /** A check that says yes to everything would be fast. */
        @Setup
        public void check() {
            byte[] forged = body.clone();
            forged[forged.length - 10] ^= 1;
            if (!verifies(body) || verifies(forged)) {
                throw new IllegalStateException("a forged request is not told from a signed one");
            }
        }
    }

    /** Handler, delivery and dispatcher, on an executor that runs hooks where they are. */
    @State(Scope.Thread)
    public static class Heart {
        private final SignedMessages messages = new SignedMessages();
        private long handled;
        private long called;
        private Dispatcher dispatcher;
        private WebhookHandler handler;

        @Setup
        public void start(Blackhole blackhole) {
            dispatcher = new Dispatcher(
                    new HookThreads(Runnable::run, DispatchBenchmark.SURROUNDINGS),
                    new QueueLimits(10_000, 1_000),
                    List.of(),
                    report -> {
                        throw new IllegalStateException(report.toString());
                    });
            dispatcher.register(EventType.MESSAGE_ADDED, null, event -> {
                called++;
                blackhole.consume(event);
            });
            begin();
        }

        /** A delivery that has seen nothing. */
        private void begin() {
            messages.rewind();
            handler = new WebhookHandler(
                    EventSources.webhook(WebhookPayload.URL),
                    WebhookPayload.URL,
                    new WebhookAccount(WebhookPayload.ACCOUNT_SID, List.of(WebhookPayload.AUTH_TOKEN), null),
                    new Delivery(dispatcher, OrderLimits.DEFAULT, DispatchBenchmark.SURROUNDINGS),
                    new Decisions(Runnable::run, (what, cause) -> {
                        throw new IllegalStateException(what, cause);
                    }),
                    InstantSource.system());
        }

        int handle() {
            handled++;
            if (messages.isThrough()) {
                begin();
            }
            return handler.handle(messages.advance().request()).status();
        }

        /** Whoever drops events is fast, too. */
        @TearDown
        public void check() {
            if (called != handled) {
                throw new IllegalStateException("the hook was called for " + called + " of " + handled);
            }
        }
    }

    /** The limit, fed like {@link Heart}. */
    @State(Scope.Thread)
    public static class LimitOfMany {
        private final SignedMessages messages = new SignedMessages();
        private LeanestReceiver receiver;

        @Setup
        public void start(Blackhole blackhole) throws Exception {
            receiver = new LeanestReceiver(WebhookPayload.URL, WebhookPayload.AUTH_TOKEN, blackhole::consume);
        }

        boolean receive() throws Exception {
            if (messages.isThrough()) {
                messages.rewind();
            }
            messages.advance();
            return receiver.receive(messages.body(), messages.signature());
        }
    }

    @Benchmark
    public boolean verify(Verifier verifier) {
        return verifier.verifies(verifier.body);
    }

    @Benchmark
    public int hook(MountedClient client) {
        return client.handle();
    }

    @Benchmark
    public int heart(Heart heart) {
        return heart.handle();
    }

    @Benchmark
    public boolean limitOfMany(LimitOfMany limit) throws Exception {
        return limit.receive();
    }
}
