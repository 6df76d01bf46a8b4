package io.github.conversations4j.internal.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.service.Binding;
import com.twilio.rest.conversations.v1.service.Configuration;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.ConversationWithParticipants;
import com.twilio.rest.conversations.v1.service.ParticipantConversation;
import com.twilio.rest.conversations.v1.service.Role;
import com.twilio.rest.conversations.v1.service.User;
import com.twilio.rest.conversations.v1.service.configuration.Notification;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.conversations.v1.service.conversation.Participant;
import com.twilio.rest.conversations.v1.service.conversation.Webhook;
import com.twilio.rest.conversations.v1.service.conversation.message.DeliveryReceipt;
import com.twilio.rest.conversations.v1.service.user.UserConversation;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** twilio-java's classes for the paths with a service: each creator, fetcher, reader, updater and deleter. */
class TwilioJavaServicePathsTest {
    private final TwilioJavaBench bench = new TwilioJavaBench();
    private final TwilioRestClient client = bench.client;
    private final String service = bench.service;

    @AfterEach
    void stop() {
        bench.close();
    }

    private String room(String uniqueName) {
        return Conversation.creator(service)
                .setUniqueName(uniqueName)
                .create(client)
                .getSid();
    }

    @Test
    void conversations() {
        String first = room("c0");
        room("c1");
        room("c2");
        assertThat(bench.inPairs(Conversation.reader(service), Conversation::getUniqueName))
                .containsExactly("c2", "c1", "c0");
        Conversation.updater(service, "c0").setFriendlyName("new").update(client);
        Conversation fetched = Conversation.fetcher(service, first).fetch(client);
        assertThat(fetched.getFriendlyName()).isEqualTo("new");
        assertThat(fetched.getUrl().toString()).contains("/Services/" + service + "/Conversations/" + first);
        assertThat(Conversation.deleter(service, first).delete(client)).isTrue();
        assertThat(bench.inPairs(Conversation.reader(service), Conversation::getUniqueName))
                .containsExactly("c2", "c1");
    }

    @Test
    void messagesAndReceipts() {
        String room = room("c");
        String phone = Participant.creator(service, room)
                .setMessagingBindingAddress("whatsapp:+15550001")
                .setMessagingBindingProxyAddress("whatsapp:+15550002")
                .create(client)
                .getSid();
        for (int number = 0; number < 3; number++) {
            Message.creator(service, room).setBody("m" + number).create(client);
        }
        List<Message> all = bench.inPairs(Message.reader(service, room), message -> message);
        assertThat(all).extracting(Message::getBody).containsExactly("m0", "m1", "m2");
        assertThat(all).extracting(Message::getChatServiceSid).containsOnly(service);
        String sid = all.get(0).getSid();
        Message.updater(service, room, sid).setAttributes("[1]").update(client);
        assertThat(Message.fetcher(service, room, sid).fetch(client).getAttributes())
                .isEqualTo("[1]");

        String receipt = bench.receipt(room, sid, phone).sid();
        assertThat(bench.inPairs(DeliveryReceipt.reader(service, room, sid), DeliveryReceipt::getSid))
                .containsExactly(receipt);
        assertThat(DeliveryReceipt.fetcher(service, room, sid, receipt)
                        .fetch(client)
                        .getParticipantSid())
                .isEqualTo(phone);
        assertThat(Message.deleter(service, room, sid).delete(client)).isTrue();
    }

    @Test
    void participants() {
        String room = room("c");
        for (int number = 0; number < 3; number++) {
            Participant.creator(service, room).setIdentity("p" + number).create(client);
        }
        assertThat(bench.inPairs(Participant.reader(service, room), Participant::getIdentity))
                .containsExactly("p0", "p1", "p2");
        Participant.updater(service, room, "p0").setAttributes("{\"a\":1}").update(client);
        assertThat(Participant.fetcher(service, room, "p0").fetch(client).getAttributes())
                .isEqualTo("{\"a\":1}");
        assertThat(Participant.deleter(service, room, "p0").delete(client)).isTrue();
        assertThat(bench.inPairs(
                        ParticipantConversation.reader(service).setIdentity("p1"),
                        ParticipantConversation::getConversationSid))
                .containsExactly(room);
    }

    @Test
    void usersAndTheirConversations() {
        for (int number = 0; number < 3; number++) {
            User.creator(service, "u" + number).create(client);
            Participant.creator(service, room("c" + number)).setIdentity("u0").create(client);
        }
        assertThat(bench.inPairs(User.reader(service), User::getIdentity)).containsExactly("u0", "u1", "u2");
        User.updater(service, "u0").setAttributes("{\"a\":1}").update(client);
        User user = User.fetcher(service, "u0").fetch(client);
        assertThat(user.getAttributes()).isEqualTo("{\"a\":1}");
        assertThat(bench.inPairs(UserConversation.reader(service, user.getSid()), UserConversation::getUniqueName))
                .containsExactly("c0", "c1", "c2");
        UserConversation.updater(service, "u0", "c0").setLastReadMessageIndex(3).update(client);
        assertThat(UserConversation.fetcher(service, "u0", "c0").fetch(client).getLastReadMessageIndex())
                .isEqualTo(3);
        assertThat(UserConversation.deleter(service, "u0", "c0").delete(client)).isTrue();
        assertThat(User.deleter(service, "u0").delete(client)).isTrue();
        assertThat(bench.inPairs(User.reader(service), User::getIdentity)).containsExactly("u1", "u2");
    }

    @Test
    void rolesAndConfiguration() {
        Role made = Role.creator(service, "talker", Role.RoleType.CONVERSATION, List.of("sendMessage"))
                .create(client);
        assertThat(bench.inPairs(Role.reader(service), Role::getSid)).hasSize(5).contains(made.getSid());
        Role.updater(service, made.getSid(), List.of("leaveConversation")).update(client);
        assertThat(Role.fetcher(service, made.getSid()).fetch(client).getPermissions())
                .containsExactly("leaveConversation");

        Configuration.updater(service)
                .setDefaultConversationRoleSid(made.getSid())
                .setReachabilityEnabled(true)
                .update(client);
        Configuration configuration = Configuration.fetcher(service).fetch(client);
        assertThat(configuration.getDefaultConversationRoleSid()).isEqualTo(made.getSid());
        assertThat(configuration.getReachabilityEnabled()).isTrue();
        String joined = Participant.creator(service, room("c"))
                .setIdentity("bob")
                .create(client)
                .getRoleSid();
        assertThat(joined).isEqualTo(made.getSid());

        Role spare = Role.creator(service, "spare", Role.RoleType.SERVICE, List.of("joinConversation"))
                .create(client);
        assertThat(Role.deleter(service, spare.getSid()).delete(client)).isTrue();
    }

    @Test
    void webhooksAndNotifications() {
        String room = room("c");
        Webhook scoped = Webhook.creator(service, room, Webhook.Target.TRIGGER)
                .setConfigurationUrl("https://example.com/t")
                .setConfigurationTriggers(List.of("help"))
                .create(client);
        Webhook.updater(service, room, scoped.getSid())
                .setConfigurationTriggers(List.of("stop"))
                .update(client);
        assertThat(Webhook.fetcher(service, room, scoped.getSid())
                        .fetch(client)
                        .getConfiguration()
                        .toString())
                .contains("stop")
                .doesNotContain("help");
        assertThat(bench.inPairs(Webhook.reader(service, room), Webhook::getSid))
                .containsExactly(scoped.getSid());
        assertThat(Webhook.deleter(service, room, scoped.getSid()).delete(client))
                .isTrue();

        com.twilio.rest.conversations.v1.service.configuration.Webhook.updater(service)
                .setPreWebhookUrl(java.net.URI.create("https://example.com/pre"))
                .setFilters(List.of("onMessageAdd"))
                .update(client);
        assertThat(com.twilio.rest.conversations.v1.service.configuration.Webhook.fetcher(service)
                        .fetch(client)
                        .getPreWebhookUrl())
                .hasToString("https://example.com/pre");

        Notification.updater(service)
                .setNewMessageEnabled(true)
                .setNewMessageTemplate("${MESSAGE}")
                .setLogEnabled(true)
                .update(client);
        Notification notification = Notification.fetcher(service).fetch(client);
        assertThat(notification.getLogEnabled()).isTrue();
        assertThat(notification.getNewMessage().toString()).contains("${MESSAGE}");
    }

    @Test
    void bindings() {
        String alice = bench.binding("alice");
        String bob = bench.binding("bob");
        String carol = bench.binding("carol");
        assertThat(bench.inPairs(Binding.reader(service), Binding::getSid)).containsExactly(alice, bob, carol);
        assertThat(bench.inPairs(Binding.reader(service).setIdentity(List.of("bob", "carol")), Binding::getSid))
                .containsExactly(bob, carol);
        assertThat(Binding.fetcher(service, bob).fetch(client).getIdentity()).isEqualTo("bob");
        assertThat(Binding.deleter(service, bob).delete(client)).isTrue();
        assertThat(bench.inPairs(Binding.reader(service), Binding::getSid)).containsExactly(alice, carol);
    }

    @Test
    void groups() {
        ConversationWithParticipants made = ConversationWithParticipants.creator(service)
                .setUniqueName("three")
                .setParticipant(List.of("{\"identity\":\"a\"}", "{\"identity\":\"b\"}", "{\"identity\":\"c\"}"))
                .create(client);
        assertThat(made.getUniqueName()).isEqualTo("three");
        assertThat(bench.inPairs(Participant.reader(service, "three"), Participant::getIdentity))
                .containsExactly("a", "b", "c");
    }
}
