package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.twilio.rest.conversations.v1.AddressConfiguration;
import com.twilio.rest.conversations.v1.AddressConfigurationCreator;
import com.twilio.rest.conversations.v1.Service;
import com.twilio.rest.conversations.v1.service.conversation.Participant;
import io.github.conversations4j.Conversation;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.event.DeliveryUpdated;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.DeliveryStatus;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewParticipant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People at phones, as a back end sees them over REST and webhooks. */
class SimulatedPhoneTest {
    private static final String TWILIO = "+15559999";
    private static final String PHONE = "+15550001";

    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final BlockingQueue<DeliveryUpdated> steps = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> origins = new LinkedBlockingQueue<>();
    private ConversationsClient client;
    private Conversation general;

    @BeforeEach
    void start() {
        // No sweep: its first list may be faster than a webhook, and does not tell by which way a message came.
        client = ConversationsClient.start(
                twilio.backendOptions().sweepEvery(Duration.ZERO).build());
        client.onDeliveryUpdated(steps::add);
        client.onMessageAdded(this::heard);
        client.ready().await();
        general = client.createConversation(
                        NewConversation.builder().uniqueName("general").build())
                .await();
    }

    private void heard(MessageAdded event) {
        messages.add(event.message());
        origins.add(String.valueOf(event.meta().origin()));
    }

    @AfterEach
    void stop() {
        client.close();
        twilio.close();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("something heard").isNotNull();
        return next;
    }

    private DeliveryReceipt step() throws InterruptedException {
        return next(steps).receipt();
    }

    private void add(NewParticipant participant) {
        general.participants().add(participant).await();
    }

    private List<DeliveryReceipt> receipts(Message message) {
        return general.messages().receipts(message.sid()).await().items();
    }

    @Test
    void a_message_reaches_the_phone_and_is_told_as_sent_and_delivered() throws Exception {
        SimulatedPhone phone = twilio.phone(PHONE);
        add(NewParticipant.address(PHONE, TWILIO));

        Message message = general.sendMessage("your parcel is there").await();

        assertThat(step().status()).isEqualTo(DeliveryStatus.SENT);
        assertThat(step().status()).isEqualTo(DeliveryStatus.DELIVERED);
        assertThat(phone.inbox())
                .containsExactly(
                        new SimulatedPhone.Received(general.sid(), message.sid(), TWILIO, "your parcel is there"));
        assertThat(receipts(message))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.status()).isEqualTo(DeliveryStatus.DELIVERED));
    }

    @Test
    void an_answer_comes_in_with_its_number_as_author_and_does_not_go_back() throws Exception {
        SimulatedPhone phone = twilio.phone(PHONE);
        add(NewParticipant.address(PHONE, TWILIO));

        phone.texts(TWILIO, "thank you");

        Message message = next(messages);
        assertThat(message.body()).isEqualTo("thank you");
        assertThat(message.author()).isEqualTo(PHONE);
        assertThat(message.participantSid()).startsWith("MB");
        assertThat(next(origins)).isEqualTo("SMS");
        assertThat(phone.inbox()).isEmpty();
        assertThat(receipts(message)).isEmpty();
    }

    @Test
    void a_phone_that_is_off_gets_everything_in_order_when_it_is_on_again() throws Exception {
        SimulatedPhone phone = twilio.phone(PHONE).switchesOff();
        add(NewParticipant.address(PHONE, TWILIO));
        general.sendMessage("one").await();
        general.sendMessage("two").await();
        assertThat(List.of(step().status(), step().status())).containsOnly(DeliveryStatus.SENT);
        assertThat(phone.inbox()).isEmpty();

        phone.switchesOn();

        assertThat(List.of(step().status(), step().status())).containsOnly(DeliveryStatus.DELIVERED);
        assertThat(phone.inbox()).extracting(SimulatedPhone.Received::body).containsExactly("one", "two");
    }

    @Test
    void what_fails_says_why() throws Exception {
        twilio.phone(PHONE).isUnreachable(30003);
        twilio.phone("+15550002").failsWith(21610);
        add(NewParticipant.address(PHONE, TWILIO));
        general.sendMessage("anybody?").await();
        assertThat(step().status()).isEqualTo(DeliveryStatus.SENT);
        DeliveryReceipt undelivered = step();
        assertThat(undelivered.status()).isEqualTo(DeliveryStatus.UNDELIVERED);
        assertThat(undelivered.errorCode()).isEqualTo(30003);

        general.participants().remove(undelivered.participantSid()).await();
        add(NewParticipant.address("+15550002", TWILIO));
        general.sendMessage("and you?").await();

        assertThat(step().status()).isEqualTo(DeliveryStatus.SENT);
        DeliveryReceipt failed = step();
        assertThat(failed.status()).isEqualTo(DeliveryStatus.FAILED);
        assertThat(failed.errorCode()).isEqualTo(21610);
    }

    @Test
    void whatsapp_tells_that_it_was_read() throws Exception {
        SimulatedPhone phone = twilio.whatsApp(PHONE);
        add(NewParticipant.address("whatsapp:" + PHONE, "whatsapp:" + TWILIO));
        general.sendMessage("hello").await();
        assertThat(List.of(step().status(), step().status()))
                .containsExactly(DeliveryStatus.SENT, DeliveryStatus.DELIVERED);

        phone.reads();
        assertThat(step().status()).isEqualTo(DeliveryStatus.READ);

        phone.texts(TWILIO, "hi");
        next(messages);
        assertThat(next(messages).author()).isEqualTo("whatsapp:" + PHONE);
        general.sendMessage("bye").await();
        assertThat(List.of(step().status(), step().status(), step().status()))
                .containsExactly(DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.READ);
        assertThatIllegalStateException().isThrownBy(twilio.phone(PHONE)::reads);
    }

    @Test
    void a_file_comes_in_as_media() throws Exception {
        add(NewParticipant.address(PHONE, TWILIO));

        twilio.phone(PHONE).sends(TWILIO, "cat.txt", "text/plain", "meow".getBytes(StandardCharsets.US_ASCII));

        Message message = next(messages);
        assertThat(message.media()).singleElement().satisfies(media -> {
            assertThat(media.filename()).isEqualTo("cat.txt");
            assertThat(media.size()).isEqualTo(4);
        });
    }

    @Test
    void a_number_can_make_a_conversation_for_whoever_writes_first() throws Exception {
        configured(AddressConfiguration.AutoCreationType.WEBHOOK)
                .setAutoCreationWebhookUrl("https://example.com/hook")
                .setAutoCreationWebhookFilters(List.of("onMessageAdded"))
                .create(client.twilio());
        SimulatedPhone phone = twilio.phone(PHONE);

        phone.texts(TWILIO, "first").texts(TWILIO, "second");

        Message first = next(messages);
        Message second = next(messages);
        assertThat(second.conversationSid()).isEqualTo(first.conversationSid()).isNotEqualTo(general.sid());
        assertThat(List.of(first.index(), second.index())).containsExactly(0, 1);
        assertThat(client.webhooks().of(first.conversationSid()).await())
                .singleElement()
                .satisfies(webhook -> assertThat(webhook.postUrl()).isEqualTo("https://example.com/hook"));
    }

    private AddressConfigurationCreator configured(AddressConfiguration.AutoCreationType type) {
        return AddressConfiguration.creator(AddressConfiguration.Type.SMS, TWILIO)
                .setAutoCreationEnabled(true)
                .setAutoCreationType(type);
    }

    @Test
    void a_webhook_without_filters_hears_everything_and_the_url_of_another_type_is_none() throws Exception {
        AddressConfiguration address = configured(AddressConfiguration.AutoCreationType.WEBHOOK)
                .setAutoCreationWebhookUrl("https://example.com/hook")
                .create(client.twilio());
        twilio.phone(PHONE).texts(TWILIO, "first");
        assertThat(client.webhooks().of(next(messages).conversationSid()).await())
                .singleElement()
                .satisfies(webhook -> assertThat(webhook.events()).hasSize(10).contains("onDeliveryUpdated"));

        AddressConfiguration.updater(address.getSid())
                .setAutoCreationType(AddressConfiguration.AutoCreationType.DEFAULT)
                .update(client.twilio());
        twilio.phone("+15550002").texts(TWILIO, "second");

        assertThat(client.webhooks().of(next(messages).conversationSid()).await())
                .isEmpty();
    }

    @Test
    void a_number_can_make_conversations_in_another_service() {
        String second = Service.creator("second").create(client.twilio()).getSid();
        configured(AddressConfiguration.AutoCreationType.DEFAULT)
                .setAutoCreationConversationServiceSid(second)
                .create(client.twilio());
        SimulatedPhone phone = twilio.phone(PHONE);

        phone.texts(TWILIO, "one")
                .texts(TWILIO, "two")
                .sends(TWILIO, "cat.txt", "text/plain", "meow".getBytes(StandardCharsets.US_ASCII));

        String made = onlyConversationOf(second);
        assertThat(com.twilio.rest.conversations.v1.service.conversation.Message.reader(second, made)
                        .read(client.twilio()))
                .extracting(message -> message.getBody())
                .containsExactly("one", "two", null);

        phone.switchesOff();
        String answer = com.twilio.rest.conversations.v1.service.conversation.Message.creator(second, made)
                .setBody("hi")
                .create(client.twilio())
                .getSid();
        phone.switchesOn();

        assertThat(com.twilio.rest.conversations.v1.service.conversation.message.DeliveryReceipt.reader(
                                second, made, answer)
                        .read(client.twilio()))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.getStatus()).hasToString("delivered"));
    }

    private String onlyConversationOf(String service) {
        List<String> sids = new ArrayList<>();
        com.twilio.rest.conversations.v1.service.Conversation.reader(service)
                .read(client.twilio())
                .forEach(conversation -> sids.add(conversation.getSid()));
        assertThat(sids).hasSize(1);
        return sids.get(0);
    }

    @Test
    void a_conversation_of_another_service_takes_what_is_written_to_it() {
        String second = Service.creator("second").create(client.twilio()).getSid();
        String sid = com.twilio.rest.conversations.v1.service.Conversation.creator(second)
                .create(client.twilio())
                .getSid();
        Participant.creator(second, sid)
                .setMessagingBindingAddress(PHONE)
                .setMessagingBindingProxyAddress(TWILIO)
                .create(client.twilio());

        twilio.phone(PHONE).texts(TWILIO, "hello");

        assertThat(com.twilio.rest.conversations.v1.service.conversation.Message.reader(second, sid)
                        .read(client.twilio()))
                .singleElement()
                .satisfies(message -> assertThat(message.getBody()).isEqualTo("hello"));
    }

    @Test
    void a_number_that_nobody_listens_at_says_so() {
        assertThatIllegalStateException()
                .isThrownBy(() -> twilio.phone(PHONE).texts(TWILIO, "hello?"))
                .withMessageContaining(PHONE)
                .withMessageContaining(TWILIO)
                .withMessageContaining("address configuration");
    }
}
