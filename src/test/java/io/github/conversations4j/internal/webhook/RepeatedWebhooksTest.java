package io.github.conversations4j.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.Unknown;
import io.github.conversations4j.internal.delivery.Delivery;
import io.github.conversations4j.internal.delivery.OrderLimits;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.hooks.HookThreads;
import io.github.conversations4j.internal.hooks.QueueLimits;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.testing.SignedWebhooks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A webhook that comes again calls no hook again, whether its event has a record or not. */
class RepeatedWebhooksTest {
    private static final String URL = "https://chat.example.com/twilio";

    private final List<Unknown> heard = new ArrayList<>();
    private final SignedWebhooks twilio = SignedWebhooks.of(URL, "AC1", "token");
    private final WebhookHandler handler = handler();

    private WebhookHandler handler() {
        ManualTime time = new ManualTime();
        Surroundings surroundings = new Surroundings(time, time, new Random(1));
        Dispatcher dispatcher =
                new Dispatcher(new HookThreads(Runnable::run, surroundings), QueueLimits.DEFAULT, List.of(), report -> {
                    throw new AssertionError(report.cause());
                });
        dispatcher.register(EventType.UNKNOWN, null, heard::add);
        return new WebhookHandler(
                EventSources.webhook(URL),
                URL,
                new WebhookAccount("AC1", List.of("token"), null),
                new Delivery(dispatcher, OrderLimits.DEFAULT, surroundings),
                Decisions.nobody(),
                time);
    }

    private void comes(String event, Map<String, String> parameters) {
        assertThat(handler.handle(twilio.request(event, parameters))).isEqualTo(WebhookReply.empty(200));
    }

    @Test
    void that_nobody_knows() {
        comes("onPinned", Map.of("ConversationSid", "CH1", "Pin", "1"));
        comes("onPinned", Map.of("ConversationSid", "CH1", "Pin", "1"));
        assertThat(heard).hasSize(1);
        comes("onPinned", Map.of("ConversationSid", "CH1", "Pin", "2"));
        assertThat(heard).hasSize(2);
    }

    @Test
    void that_counts_its_attempts_and_has_its_parameters_in_another_order() {
        Map<String, String> first = new LinkedHashMap<>();
        first.put("Pin", "1");
        first.put("ConversationSid", "CH1");
        Map<String, String> again = new LinkedHashMap<>();
        again.put("ConversationSid", "CH1");
        again.put("Pin", "1");
        again.put("RetryCount", "1");
        comes("onPinned", first);
        comes("onPinned", again);
        assertThat(heard).hasSize(1);
    }

    @Test
    void that_lacks_what_its_record_needs() {
        comes("onMessageAdded", Map.of("ConversationSid", "CH1", "Body", "no index"));
        comes("onMessageAdded", Map.of("ConversationSid", "CH1", "Body", "no index"));
        assertThat(heard).hasSize(1);
    }
}
