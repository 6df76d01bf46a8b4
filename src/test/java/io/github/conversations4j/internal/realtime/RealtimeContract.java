package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.Conversation;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.model.NewConversation;
import io.github.conversations4j.model.NewMessage;
import io.github.conversations4j.source.EventSource;
import io.github.conversations4j.source.EventSourceContractTest;
import io.github.conversations4j.source.SourceConnection;
import io.github.conversations4j.source.SourceContext;
import org.junit.jupiter.api.AfterEach;

/**
 * What an event source owes its client, held against the realtime source of one account: a back end of the same account
 * makes a conversation for each test, talks in it as somebody else, and deletes it.
 */
abstract class RealtimeContract extends EventSourceContractTest {
    private static final String LISTENER = "conversations4j-listener";
    private static final String TALKER = "conversations4j-talker";

    private Conversation conversation;

    /** A client of the account that has an API key. */
    abstract ConversationsClient backend();

    /** Where the realtime server of the account is. */
    abstract RealtimeOptions realtime();

    @Override
    protected EventSource source() {
        conversation = backend()
                .createConversation(NewConversation.builder()
                        .friendlyName("conversations4j contract")
                        .build())
                .await();
        conversation.participants().add(LISTENER).await();
        conversation.participants().add(TALKER).await();
        return new RealtimeSource(realtime(), () -> backend().tokens().mint(LISTENER));
    }

    @Override
    protected SourceConnection connect(EventSource source, SourceContext context) {
        return ((RealtimeSource) source).connect(context);
    }

    @Override
    protected void someoneSays(String text) {
        conversation
                .sendMessage(NewMessage.builder().author(TALKER).body(text).build())
                .await();
    }

    @AfterEach
    void deleteConversation() {
        if (conversation != null) {
            conversation.delete().await();
        }
    }
}
