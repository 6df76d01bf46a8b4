package io.github.conversations4j.internal.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.AddressConfiguration;
import com.twilio.rest.conversations.v1.Configuration;
import com.twilio.rest.conversations.v1.Conversation;
import com.twilio.rest.conversations.v1.ConversationWithParticipants;
import com.twilio.rest.conversations.v1.Credential;
import com.twilio.rest.conversations.v1.ParticipantConversation;
import com.twilio.rest.conversations.v1.Role;
import com.twilio.rest.conversations.v1.Service;
import com.twilio.rest.conversations.v1.User;
import com.twilio.rest.conversations.v1.conversation.Message;
import com.twilio.rest.conversations.v1.conversation.Participant;
import com.twilio.rest.conversations.v1.conversation.Webhook;
import com.twilio.rest.conversations.v1.conversation.message.DeliveryReceipt;
import com.twilio.rest.conversations.v1.user.UserConversation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** twilio-java's classes for the short paths: each creator, fetcher, reader, updater and deleter. */
class TwilioJavaShortPathsTest {
    private final TwilioJavaBench bench = new TwilioJavaBench();
    private final TwilioRestClient client = bench.client;

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void conversations() {
        List<String> sids = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            sids.add(
                    0,
                    Conversation.creator()
                            .setUniqueName("c" + number)
                            .create(client)
                            .getSid());
        }
        assertThat(bench.inPairs(Conversation.reader(), Conversation::getSid)).isEqualTo(sids);

        Conversation changed = Conversation.updater("c0")
                .setFriendlyName("Räte")
                .setState(Conversation.State.INACTIVE)
                .setAttributes("{\"a\":\"ü\"}")
                .update(client);
        assertThat(changed.getFriendlyName()).isEqualTo("Räte");
        Conversation fetched = Conversation.fetcher(changed.getSid()).fetch(client);
        assertThat(fetched.getState()).isEqualTo(Conversation.State.INACTIVE);
        assertThat(fetched.getAttributes()).isEqualTo("{\"a\":\"ü\"}");
        assertThat(bench.inPairs(
                        Conversation.reader().setState(Conversation.State.INACTIVE), Conversation::getUniqueName))
                .containsExactly("c0");

        assertThat(Conversation.deleter("c0").delete(client)).isTrue();
        assertThatThrownBy(() -> Conversation.fetcher("c0").fetch(client))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(20404);
                    assertThat(e.getStatusCode()).isEqualTo(404);
                });
    }

    @Test
    void messages() {
        String room = Conversation.creator().create(client).getSid();
        List<String> sids = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            sids.add(Message.creator(room).setBody("m" + number).create(client).getSid());
        }
        assertThat(bench.inPairs(Message.reader(room), Message::getIndex)).containsExactly(0, 1, 2, 3, 4);
        assertThat(bench.inPairs(Message.reader(room).setOrder(Message.OrderType.DESC), Message::getIndex))
                .containsExactly(4, 3, 2, 1, 0);

        Message changed = Message.updater(room, sids.get(1))
                .setBody("new")
                .setAuthor("bob")
                .update(client);
        assertThat(changed.getAuthor()).isEqualTo("bob");
        assertThat(Message.fetcher(room, sids.get(1)).fetch(client).getBody()).isEqualTo("new");
        assertThat(Message.deleter(room, sids.get(1)).delete(client)).isTrue();
        assertThat(bench.inPairs(Message.reader(room), Message::getIndex)).containsExactly(0, 2, 3, 4);
    }

    @Test
    void receipts() {
        String room = Conversation.creator().create(client).getSid();
        List<String> phones = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            phones.add(Participant.creator(room)
                    .setMessagingBindingAddress("+1555000" + number)
                    .setMessagingBindingProxyAddress("+15559999")
                    .create(client)
                    .getSid());
        }
        String message = Message.creator(room).setBody("hi").create(client).getSid();
        phones.forEach(phone -> bench.receipt(room, message, phone));

        assertThat(bench.inPairs(DeliveryReceipt.reader(room, message), DeliveryReceipt::getParticipantSid))
                .isEqualTo(phones);
        String receipt = bench.inPairs(DeliveryReceipt.reader(room, message), DeliveryReceipt::getSid)
                .get(0);
        assertThat(DeliveryReceipt.fetcher(room, message, receipt).fetch(client).getStatus())
                .isEqualTo(DeliveryReceipt.DeliveryStatus.READ);
        assertThat(Message.fetcher(room, message).fetch(client).getDelivery().toString())
                .contains("total=3", "read=all", "failed=none");
    }

    @Test
    void participants() {
        String room = Conversation.creator().create(client).getSid();
        for (int number = 0; number < 5; number++) {
            Participant.creator(room).setIdentity("p" + number).create(client);
        }
        assertThat(bench.inPairs(Participant.reader(room), Participant::getIdentity))
                .containsExactly("p0", "p1", "p2", "p3", "p4");

        Participant changed = Participant.updater(room, "p1")
                .setAttributes("{\"vip\":true}")
                .setLastReadMessageIndex(7)
                .update(client);
        assertThat(changed.getLastReadMessageIndex()).isEqualTo(7);
        assertThat(Participant.fetcher(room, changed.getSid()).fetch(client).getAttributes())
                .isEqualTo("{\"vip\":true}");
        assertThat(Participant.deleter(room, "p1").delete(client)).isTrue();
        assertThat(bench.inPairs(Participant.reader(room), Participant::getIdentity))
                .containsExactly("p0", "p2", "p3", "p4");
    }

    @Test
    void usersAndTheirConversations() {
        for (int number = 0; number < 5; number++) {
            User.creator("u" + number).setFriendlyName("User " + number).create(client);
            String room = Conversation.creator()
                    .setUniqueName("r" + number)
                    .create(client)
                    .getSid();
            Participant.creator(room).setIdentity("u0").create(client);
        }
        assertThat(bench.inPairs(User.reader(), User::getIdentity)).containsExactly("u0", "u1", "u2", "u3", "u4");
        assertThat(User.updater("u1").setFriendlyName("new").update(client).getFriendlyName())
                .isEqualTo("new");
        User user = User.fetcher("u0").fetch(client);

        assertThat(bench.inPairs(UserConversation.reader(user.getSid()), UserConversation::getUniqueName))
                .containsExactly("r0", "r1", "r2", "r3", "r4");
        assertThat(bench.inPairs(
                        ParticipantConversation.reader().setIdentity("u0"),
                        ParticipantConversation::getConversationUniqueName))
                .containsExactly("r0", "r1", "r2", "r3", "r4");
        Message.creator("r0").setBody("one").create(client);
        UserConversation read = UserConversation.updater("u0", "r0")
                .setLastReadMessageIndex(-0)
                .setNotificationLevel(UserConversation.NotificationLevel.MUTED)
                .update(client);
        assertThat(read.getUnreadMessagesCount()).isZero();
        assertThat(UserConversation.fetcher("u0", "r0").fetch(client).getNotificationLevel())
                .isEqualTo(UserConversation.NotificationLevel.MUTED);
        assertThat(UserConversation.deleter("u0", "r0").delete(client)).isTrue();
        assertThat(bench.inPairs(Participant.reader("r0"), Participant::getSid)).isEmpty();
        assertThat(User.deleter("u0").delete(client)).isTrue();
        assertThat(bench.inPairs(Participant.reader("r1"), Participant::getSid)).isEmpty();
    }

    @Test
    void roles() {
        Role made = Role.creator("talker", Role.RoleType.CONVERSATION, List.of("sendMessage"))
                .create(client);
        assertThat(bench.inPairs(Role.reader(), Role::getFriendlyName))
                .containsExactly("service user", "service admin", "channel user", "channel admin", "talker");
        Role.updater(made.getSid(), List.of("sendMessage", "leaveConversation")).update(client);
        assertThat(Role.fetcher(made.getSid()).fetch(client).getPermissions())
                .containsExactly("sendMessage", "leaveConversation");
        assertThat(Role.deleter(made.getSid()).delete(client)).isTrue();
    }

    @Test
    void scopedWebhooks() {
        String room = Conversation.creator().create(client).getSid();
        List<String> sids = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            sids.add(Webhook.creator(room, Webhook.Target.WEBHOOK)
                    .setConfigurationUrl("https://example.com/" + number)
                    .setConfigurationMethod(Webhook.Method.POST)
                    .setConfigurationFilters(List.of("onMessageAdded", "onMessageRemoved"))
                    .create(client)
                    .getSid());
        }
        assertThat(bench.inPairs(Webhook.reader(room), Webhook::getSid)).isEqualTo(sids);
        Webhook.updater(room, sids.get(0))
                .setConfigurationUrl("https://example.com/new")
                .update(client);
        assertThat(Webhook.fetcher(room, sids.get(0))
                        .fetch(client)
                        .getConfiguration()
                        .toString())
                .contains("https://example.com/new", "onMessageAdded");
        assertThat(Webhook.deleter(room, sids.get(0)).delete(client)).isTrue();
        assertThat(bench.inPairs(Webhook.reader(room), Webhook::getSid)).isEqualTo(sids.subList(1, 3));
    }

    @Test
    void groups() {
        ConversationWithParticipants made = ConversationWithParticipants.creator()
                .setFriendlyName("three")
                .setParticipant(List.of(
                        "{\"identity\":\"a\"}",
                        "{\"identity\":\"b\"}",
                        "{\"messaging_binding\":{\"address\":\"+15550001\",\"proxy_address\":\"+15550002\"}}"))
                .create(client);
        assertThat(made.getState()).isEqualTo(ConversationWithParticipants.State.ACTIVE);
        assertThat(bench.inPairs(Participant.reader(made.getSid()), Participant::getIdentity))
                .containsExactly("a", "b", null);
    }

    @Test
    void theAccount() {
        Configuration changed =
                Configuration.updater().setDefaultInactiveTimer("PT1H").update(client);
        assertThat(changed.getDefaultInactiveTimer()).isEqualTo("PT1H");
        assertThat(Configuration.fetcher().fetch(client).getDefaultChatServiceSid())
                .isEqualTo(bench.service);

        com.twilio.rest.conversations.v1.configuration.Webhook.updater()
                .setPostWebhookUrl("https://example.com/post")
                .setMethod("GET")
                .setFilters(List.of("onMessageAdded", "onUserUpdate"))
                .update(client);
        com.twilio.rest.conversations.v1.configuration.Webhook webhooks =
                com.twilio.rest.conversations.v1.configuration.Webhook.fetcher().fetch(client);
        assertThat(webhooks.getPostWebhookUrl()).isEqualTo("https://example.com/post");
        assertThat(webhooks.getFilters()).containsExactly("onMessageAdded", "onUserUpdate");
        assertThat(webhooks.getMethod()).isEqualTo(com.twilio.rest.conversations.v1.configuration.Webhook.Method.GET);
    }

    @Test
    void addresses() {
        for (int number = 0; number < 3; number++) {
            AddressConfiguration.creator(AddressConfiguration.Type.SMS, "+1555000" + number)
                    .create(client);
        }
        assertThat(bench.inPairs(AddressConfiguration.reader().setType("sms"), AddressConfiguration::getAddress))
                .containsExactly("+15550000", "+15550001", "+15550002");
        AddressConfiguration changed = AddressConfiguration.updater("+15550000")
                .setAutoCreationEnabled(true)
                .setAutoCreationType(AddressConfiguration.AutoCreationType.WEBHOOK)
                .setAutoCreationWebhookUrl("https://example.com/in")
                .setAutoCreationWebhookFilters(List.of("onMessageAdded"))
                .update(client);
        assertThat(AddressConfiguration.fetcher(changed.getSid())
                        .fetch(client)
                        .getAutoCreation()
                        .toString())
                .contains("https://example.com/in");
        assertThat(AddressConfiguration.deleter(changed.getSid()).delete(client))
                .isTrue();
        assertThat(bench.inPairs(AddressConfiguration.reader(), AddressConfiguration::getAddress))
                .hasSize(2);
    }

    @Test
    void credentials() {
        for (int number = 0; number < 3; number++) {
            Credential.creator(Credential.PushType.FCM)
                    .setFriendlyName("k" + number)
                    .setSecret("s")
                    .create(client);
        }
        assertThat(bench.inPairs(Credential.reader(), Credential::getFriendlyName))
                .containsExactly("k0", "k1", "k2");
        String sid = bench.inPairs(Credential.reader(), Credential::getSid).get(0);
        Credential.updater(sid)
                .setType(Credential.PushType.APN)
                .setSandbox(true)
                .update(client);
        assertThat(Credential.fetcher(sid).fetch(client).getSandbox()).isEqualTo("True");
        assertThat(Credential.deleter(sid).delete(client)).isTrue();
    }

    @Test
    void services() {
        for (int number = 0; number < 3; number++) {
            Service.creator("s" + number).create(client);
        }
        assertThat(bench.inPairs(Service.reader(), Service::getFriendlyName))
                .containsExactly("s2", "s1", "s0", "Default Conversations Service");
        String sid = bench.inPairs(Service.reader(), Service::getSid).get(0);
        assertThat(Service.fetcher(sid).fetch(client).getFriendlyName()).isEqualTo("s2");
        assertThat(Service.deleter(sid).delete(client)).isTrue();
        assertThatThrownBy(() -> Service.deleter(bench.service).delete(client))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(50002));
    }
}
