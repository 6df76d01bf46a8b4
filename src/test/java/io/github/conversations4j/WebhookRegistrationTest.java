package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.rest.conversations.v1.service.configuration.Webhook;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.error.ForeignWebhookException;
import io.github.conversations4j.error.NotFoundException;
import io.github.conversations4j.error.UnsupportedByClientException;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.WebhookSettings;
import io.github.conversations4j.model.WebhookSettings.Level;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.Verdict;
import io.github.conversations4j.source.WebhookSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Twilio is told to send, over the REST of the emulator. */
class WebhookRegistrationTest {
    private static final String FOREIGN = "https://user:secret@other.example.com/hooks?key=hidden";

    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private ConversationsClient client;

    @BeforeEach
    void start() {
        client = ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .source(EventSources.webhook("http://127.0.0.1:0/twilio").bindAddress("127.0.0.1"))
                .build());
        client.ready().await();
    }

    @AfterEach
    void stop() {
        client.close();
        twilio.close();
    }

    private String url() {
        return client.webhooks().publicUrl();
    }

    /** What somebody else set, with twilio-java. */
    private void setOnService(@Nullable String postUrl, @Nullable String preUrl, String event) {
        Webhook.updater(twilio.serviceSid())
                .setPostWebhookUrl(postUrl)
                .setPreWebhookUrl(preUrl)
                .setFilters(List.of(event))
                .update(client.twilio());
    }

    @ParameterizedTest
    @EnumSource(
            value = Level.class,
            names = {"ACCOUNT", "SERVICE"})
    void registeringSetsTheUrlAndTheEventsThatHooksNeed(Level level) {
        client.onMessageAdded(event -> {});
        client.onParticipantLeft(event -> {});
        client.conversation("CH00000000000000000000000000000001").onConversationUpdated(event -> {});
        client.onConnectionStateChanged(event -> {}); // no webhook tells it

        WebhookSettings settings = client.webhooks()
                .register(registration(level).alsoFor("onDeliveryUpdated"))
                .await();

        assertThat(settings.postUrl()).isEqualTo(url());
        assertThat(settings.preUrl()).isNull();
        assertThat(settings.events())
                .containsExactlyInAnyOrder(
                        "onMessageAdded", "onParticipantRemoved", "onConversationUpdated", "onDeliveryUpdated");
        assertThat(client.webhooks().settings(level).await()).isEqualTo(settings);
        assertThat(client.webhooks().check().await().isComplete()).isTrue();
    }

    private String newConversation() {
        return client.createConversation(
                        NewConversation.builder().uniqueName("general").build())
                .await()
                .sid();
    }

    private static WebhookRegistration registration(Level level) {
        return level == Level.ACCOUNT ? WebhookRegistration.onAccount() : WebhookRegistration.onService();
    }

    @Test
    void whatIsRegisteredArrives() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        client.onMessageAdded(event -> heard.complete(event.message().body()));
        client.webhooks().register(WebhookRegistration.onService()).await();

        twilio.user("bob").in("general").says("hi");

        assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("hi");
    }

    @Test
    void isAskedOnlyWhileABeforeHookAnswers() {
        client.onMessageAdded(event -> {});
        Subscription filter = client.beforeMessageAdded(draft -> Verdict.accept());
        assertThat(client.webhooks().check().await().missing())
                .containsExactlyInAnyOrder("onMessageAdded", "onMessageAdd");

        WebhookSettings asked =
                client.webhooks().register(WebhookRegistration.onService()).await();
        assertThat(asked.preUrl()).isEqualTo(url());
        assertThat(asked.events()).containsExactlyInAnyOrder("onMessageAdded", "onMessageAdd");
        assertThat(client.webhooks().check().await().isComplete()).isTrue();

        filter.unsubscribe();
        WebhookCheck check = client.webhooks().check().await();
        assertThat(check.unwanted()).containsExactly("onMessageAdd");
        assertThat(check.toString()).contains("which no hook answers");

        WebhookSettings notAsked =
                client.webhooks().register(WebhookRegistration.onService()).await();
        assertThat(notAsked.preUrl()).isNull();
        assertThat(notAsked.events()).containsExactly("onMessageAdded");
    }

    @Test
    void aForeignUrlStaysUnlessToldOtherwise() {
        setOnService(FOREIGN, null, "onUserAdded");
        client.onMessageAdded(event -> {});

        assertThatThrownBy(() -> client.webhooks()
                        .register(WebhookRegistration.onService())
                        .await())
                .isInstanceOf(ForeignWebhookException.class)
                .hasMessageContaining("https://other.example.com/hooks")
                .hasMessageContaining("replacingForeignUrls")
                .hasMessageNotContainingAny("secret", "hidden");
        assertThat(client.webhooks().settings(Level.SERVICE).await().postUrl()).isEqualTo(FOREIGN);

        WebhookSettings replaced = client.webhooks()
                .register(WebhookRegistration.onService().replacingForeignUrls())
                .await();
        assertThat(replaced.postUrl()).isEqualTo(url());
        assertThat(replaced.events()).containsExactly("onMessageAdded");
    }

    @Test
    void whoeverIsAskedNowGoesOnBeingAsked() {
        setOnService(null, FOREIGN, "onMessageAdd");
        client.onMessageAdded(event -> {});

        WebhookSettings settings =
                client.webhooks().register(WebhookRegistration.onService()).await();

        assertThat(settings.preUrl()).isEqualTo(FOREIGN);
        assertThat(settings.postUrl()).isEqualTo(url());
        assertThat(settings.events()).containsExactlyInAnyOrder("onMessageAdd", "onMessageAdded");

        client.beforeMessageAdded(draft -> Verdict.accept());
        assertThatThrownBy(() -> client.webhooks()
                        .register(WebhookRegistration.onService())
                        .await())
                .isInstanceOf(ForeignWebhookException.class);
    }

    @Test
    void theCheckNamesWhatNobodySends() {
        client.onMessageAdded(event -> {});
        client.onUserUpdated(event -> {});
        com.twilio.rest.conversations.v1.configuration.Webhook.updater()
                .setPostWebhookUrl(url())
                .setFilters(List.of("onMessageAdded"))
                .update(client.twilio());
        setOnService(FOREIGN, null, "onUserUpdated");

        WebhookCheck check = client.webhooks().check().await();

        assertThat(check.missing()).containsExactly("onUserUpdated");
        assertThat(check.isComplete()).isFalse();
        assertThat(check.toString())
                .startsWith(url() + " gets no webhook for [onUserUpdated]")
                .contains("WebhookRegistration.onService()")
                .doesNotContain("secret", "hidden");
    }

    @Test
    void secretsOfTheOwnUrlStandInNoText() {
        setOnService(FOREIGN, null, "onUserAdded");
        WebhookSource elsewhere = EventSources.webhook("https://me:secret@chat.example.com/twilio?key=hidden")
                .mountedElsewhere();
        try (ConversationsClient mounted = ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .source(elsewhere)
                .build())) {
            mounted.ready().await();
            mounted.onMessageAdded(event -> {});

            assertThat(mounted.webhooks().check().await().toString())
                    .startsWith("https://chat.example.com/twilio?key=… gets no webhook for [onMessageAdded]")
                    .doesNotContain("secret", "hidden");
            assertThatThrownBy(() -> mounted.webhooks()
                            .register(WebhookRegistration.onService())
                            .await())
                    .isInstanceOf(ForeignWebhookException.class)
                    .hasMessageContaining("Cannot register https://chat.example.com/twilio?key=…:")
                    .hasMessageNotContainingAny("secret", "hidden");
            WebhookSettings registered = mounted.webhooks()
                    .register(WebhookRegistration.onService().replacingForeignUrls())
                    .await();
            assertThat(registered.postUrl()).isEqualTo(elsewhere.publicUrl());
            assertThat(mounted.webhooks().check().await().toString())
                    .startsWith("https://chat.example.com/twilio?key=… gets every webhook")
                    .doesNotContain("secret", "hidden");
        }
    }

    @Test
    void aConversationGetsOneWebhookHoweverOften() {
        String sid = newConversation();
        client.onMessageAdded(event -> {});
        WebhookRegistration how = WebhookRegistration.onConversation(sid);

        WebhookSettings first = client.webhooks().register(how).await();
        client.onMessageUpdated(event -> {});
        WebhookSettings second = client.webhooks().register(how).await();

        assertThat(first.postUrl()).isEqualTo(url());
        assertThat(second.sid()).isEqualTo(first.sid()).startsWith("WH");
        assertThat(second.events()).containsExactlyInAnyOrder("onMessageAdded", "onMessageUpdated");
        assertThat(client.webhooks().of(sid).await()).containsExactly(second);

        client.webhooks().remove(second).await();
        assertThat(client.webhooks().of(sid).await()).isEmpty();
        assertThatThrownBy(() -> client.webhooks().remove(second).await()).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aConversationIsToldOnlyWhatItsWebhooksCanSend() {
        String sid = newConversation();
        WebhookRegistration how = WebhookRegistration.onConversation(sid);
        client.onConversationAdded(event -> {});
        client.onUserAdded(event -> {});
        client.onUserUpdated(event -> {});

        assertThatThrownBy(() -> client.webhooks().register(how).await())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no hook needs an event that the webhook of a conversation can send");
        assertThat(client.webhooks().of(sid).await()).isEmpty();
        assertThat(client.webhooks()
                        .register(how.alsoFor("onDeliveryUpdated"))
                        .await()
                        .events())
                .containsExactly("onDeliveryUpdated");

        client.onMessageAdded(event -> {});
        assertThat(client.webhooks().register(how).await().events())
                .containsExactlyInAnyOrder("onDeliveryUpdated", "onMessageAdded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onConversationAdded", "onUserAdded", "onUserUpdated", "onMessageAdd", "onUserUpdate"})
    void whatTheWebhooksOfAConversationNeverSendIsRefusedByName(String event) {
        WebhookRegistration how = WebhookRegistration.onConversation("CH00000000000000000000000000000001");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> how.alsoFor("onMessageAdded", event))
                .withMessageContaining("alsoEvents")
                .withMessageContaining("[" + event + "]");
    }

    @Test
    void comparesAtTheStartIfTwilioCouldCallTheUrl() throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    asked.add(chain.request().url().encodedPath());
                    return chain.proceed(chain.request());
                })
                .build();
        WebhookSource elsewhere =
                EventSources.webhook("https://chat.example.com/twilio").mountedElsewhere();
        try (ConversationsClient reachable = ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                .baseUrl(twilio.url())
                .httpClient(http)
                .source(elsewhere)
                .build())) {
            reachable.ready().await();

            List<String> read = new ArrayList<>();
            while (read.stream()
                            .filter(path -> path.endsWith("/Configuration/Webhooks"))
                            .count()
                    < 2) {
                String path = asked.poll(10, TimeUnit.SECONDS);
                assertThat(path).as("after %s", read).isNotNull();
                read.add(path);
            }
            assertThat(read).contains("/v1/Configuration/Webhooks");
        }
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookRegistration.onConversation("general"))
                .withMessageContaining("conversationSid");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.webhooks().settings(Level.CONVERSATION))
                .withMessageContaining("of(sid)");
        WebhookSettings account = client.webhooks().settings(Level.ACCOUNT).await();
        assertThatIllegalArgumentException().isThrownBy(() -> client.webhooks().remove(account));
        try (ConversationsClient participant =
                ConversationsClient.start(twilio.participantOptions("alice").build())) {
            assertThatThrownBy(() -> participant.webhooks().settings(Level.ACCOUNT))
                    .isInstanceOf(UnsupportedByClientException.class)
                    .hasMessageContaining("participant");
        }
    }
}
