package io.github.conversations4j.internal.emulator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.WebhookDelivery;
import io.github.conversations4j.internal.emulator.faults.FaultBook;
import io.github.conversations4j.internal.emulator.state.Behaviour;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.Change;
import io.github.conversations4j.internal.emulator.state.ChangeListener;
import io.github.conversations4j.internal.emulator.state.ConversationDraft;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.Patience;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Waiting for webhooks while several threads act. */
class WebhooksTest {
    private static final Cause REST = Cause.rest(true);

    private final ManualTime time = new ManualTime();
    private final Twilio twilio = new Twilio(
            "AC0123456789abcdef0123456789abcdef",
            "IS0123456789abcdef0123456789abcdef",
            Behaviour.DEFAULT,
            time,
            time,
            new SplittableRandom(1));

    @Test
    void waitsForWhatIsStillToldOnTheThreadOfSomebodyElse() {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        twilio.listen(blocking(stuck, release));
        try (Webhooks webhooks =
                new Webhooks(twilio, "token", time, new SplittableRandom(2), new FaultBook(3), Duration.ofSeconds(5))) {
            Thread slow = new Thread(() -> add("slow"), "slow");
            slow.start();
            Patience.await(stuck);

            add("quick");

            assertThat(webhooks.await(Duration.ZERO)).isFalse();
            release.countDown();
            assertThat(webhooks.await(Duration.ofSeconds(Patience.SECONDS))).isTrue();
            assertThat(webhooks.log())
                    .extracting(
                            WebhookDelivery::event,
                            delivery -> delivery.parameters().get("UniqueName"))
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("onConversationAdded", "slow"),
                            org.assertj.core.groups.Tuple.tuple("onConversationAdded", "quick"));
            Patience.join(slow);
        }
    }

    private void add(String name) {
        twilio.service().conversations().create(REST, new ConversationDraft().uniqueName(name));
    }

    private static ChangeListener blocking(CountDownLatch stuck, CountDownLatch release) {
        return change -> {
            if (change instanceof Change.OfConversation of
                    && "slow".equals(of.conversation().uniqueName())) {
                stuck.countDown();
                Patience.await(release);
            }
        };
    }
}
