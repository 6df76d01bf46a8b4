package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.model.Participant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/** Two participants who open the conversation between them at the same moment, each with a client of their own. */
class DirectConversationTest {
    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final ConversationsClient romeo =
            ConversationsClient.start(twilio.participantOptions("romeo").build());
    private final ConversationsClient juliet =
            ConversationsClient.start(twilio.participantOptions("juliet").build());

    @AfterEach
    void end() {
        romeo.close();
        juliet.close();
        twilio.close();
    }

    @RepeatedTest(5)
    void bothGetTheSameOne() {
        romeo.ready().await();
        juliet.ready().await();

        Deferred<Conversation> his = romeo.me().directConversation("juliet");
        Deferred<Conversation> hers = juliet.me().directConversation("romeo");

        assertThat(his.await().sid()).isEqualTo(hers.await().sid());
        assertThat(his.await().participants().list().await().items())
                .extracting(Participant::identity)
                .containsExactlyInAnyOrder("romeo", "juliet");
    }
}
