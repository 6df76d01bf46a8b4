package io.github.conversations4j.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.internal.rest.RestClient;
import io.github.conversations4j.internal.rest.RestConversationsApi;
import io.github.conversations4j.internal.rest.RestOptions;
import io.github.conversations4j.internal.rest.RestRuntime;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.EventSourceContractTest;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.PollSource;
import io.github.conversations4j.source.PollTier;
import io.github.conversations4j.source.SourceConnection;
import io.github.conversations4j.source.SourceContext;
import java.time.Duration;

class PollContractTest extends EventSourceContractTest {
    private static final Duration OFTEN = Duration.ofMillis(100);

    private ConversationsEmulator twilio;
    private RestClient rest;

    @Override
    protected void begin() {
        twilio = ConversationsEmulator.start();
        twilio.user("bob").in("general").joins();
    }

    @Override
    protected void end() throws Exception {
        rest.close();
        assertThat(rest.awaitClosed(Duration.ofSeconds(5))).isTrue();
        twilio.close();
    }

    @Override
    protected EventSource source() {
        return EventSources.poll(PollOptions.builder()
                .messagesEvery(PollTier.HOT, OFTEN)
                .messagesEvery(PollTier.WARM, OFTEN)
                .messagesEvery(PollTier.COLD, OFTEN)
                .build());
    }

    @Override
    protected SourceConnection connect(EventSource source, SourceContext context) {
        rest = new RestClient(
                twilio.credentials(),
                RestOptions.builder().baseUrl(twilio.url()).build(),
                new RestRuntime(context.clock(), context.scheduler(), context.random(), context.executor()));
        return PollConnection.open((PollSource) source, new RestConversationsApi(rest), true, context);
    }

    @Override
    protected void someoneSays(String text) {
        twilio.user("bob").in("general").says(text);
    }
}
