package io.github.conversations4j.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.http.TwilioRestClient;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.internal.realtime.RealtimeConnection;
import io.github.conversations4j.internal.realtime.RealtimeOptions;
import io.github.conversations4j.internal.realtime.RealtimeSource;
import io.github.conversations4j.internal.rest.RestClient;
import io.github.conversations4j.internal.rest.RestConversationsApi;
import io.github.conversations4j.internal.rest.RestOptions;
import io.github.conversations4j.internal.rest.RestRuntime;
import io.github.conversations4j.internal.time.SystemScheduler;
import io.github.conversations4j.source.RecordingSink;
import io.github.conversations4j.source.SourceContext;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One implementation of the interface on an emulator of its own, where alice is the one who acts. */
final class Side {
    static final String ALICE = "alice";

    private static final long SEED = 5;

    final ConversationsEmulator twilio = ConversationsEmulator.start();
    final Set<Method> called = ConcurrentHashMap.newKeySet();
    final ConversationsApi api;

    /** The account, whichever side is tested, for what has to be there before. */
    final ConversationsApi account;

    final boolean backend;
    private final SystemScheduler scheduler = new SystemScheduler("conversations4j-side");
    private final RestClient rest = new RestClient(
            twilio.credentials(),
            RestOptions.builder().baseUrl(twilio.url()).build(),
            new RestRuntime(Clock.systemUTC(), scheduler, new SplittableRandom(SEED), Runnable::run));
    private final @Nullable RealtimeConnection realtime;

    private Side(boolean backend) {
        this.backend = backend;
        this.account = new RestConversationsApi(rest);
        this.realtime = backend ? null : connect();
        this.api = RecordedApi.of(realtime == null ? account : realtime.api(), called);
    }

    static Side rest() {
        return new Side(true);
    }

    static Side tunnel() {
        return new Side(false);
    }

    private RealtimeConnection connect() {
        SourceContext context = new SourceContext(
                new RecordingSink(), Clock.systemUTC(), scheduler, new SplittableRandom(SEED), Runnable::run);
        return new RealtimeSource(RealtimeOptions.at(twilio.url()), () -> twilio.accessToken(ALICE)).connect(context);
    }

    /** The account's own client, for what this library does not wrap. */
    TwilioRestClient twilioJava() {
        return rest.twilio();
    }

    /** What alice sees and does. */
    ConversationsApi.Mine mine() {
        return api.mine(backend ? ALICE : null);
    }

    void close() throws Exception {
        if (realtime != null) {
            realtime.close(Duration.ofSeconds(5)).toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        rest.close();
        assertThat(rest.awaitClosed(Duration.ofSeconds(5)))
                .as("nothing is left")
                .isTrue();
        scheduler.close();
        twilio.close();
    }
}
