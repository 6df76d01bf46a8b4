package io.github.conversations4j;

import io.github.conversations4j.internal.api.ConversationsApi.Order;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.commands.MessagesAround;
import io.github.conversations4j.internal.commands.RichContent;
import io.github.conversations4j.internal.commands.SendLimits;
import io.github.conversations4j.model.Content;
import io.github.conversations4j.model.DeliveryReceipt;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.MessageChange;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one conversation: reading, changing, removing. To send one, use {@link Conversation#sendMessage}.
 * Thread-safe.
 *
 * <p>Messages are ordered by their index, which may skip numbers: never count with it.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message
 *     resource</a>
 */
public final class Messages {
    /** How many messages a page has unless told otherwise. */
    public static final int PAGE_SIZE = 30;

    private final Calls calls;
    private final String conversationSid;

    Messages(Calls calls, String conversationSid) {
        this.calls = calls;
        this.conversationSid = conversationSid;
    }

    /**
     * Reads the latest messages, newest first; the next page holds older ones.
     *
     * @return the first page
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Deferred<Page<Message>> latest() {
        return latest(PAGE_SIZE);
    }

    /**
     * Reads the latest messages, newest first; the next page holds older ones.
     *
     * @param pageSize how many, 1 to 100
     * @return the first page
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Deferred<Page<Message>> latest(int pageSize) {
        return list(Order.DESCENDING, null, pageSize);
    }

    /**
     * Reads the conversation from its beginning, oldest first; the next page holds newer ones.
     *
     * @param pageSize how many, 1 to 100
     * @return the first page
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Deferred<Page<Message>> oldest(int pageSize) {
        return list(Order.ASCENDING, null, pageSize);
    }

    /**
     * Reads the messages before an index, newest first; the next page holds older ones. Over REST, which cannot begin in the
     * middle, the messages from the end down to there are read as well, a hundred by each call.
     *
     * @param index the first index that is not given
     * @param pageSize how many at most, 1 to 100
     * @return the first page
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Deferred<Page<Message>> before(int index, int pageSize) {
        return Arguments.index(index) == 0 ? none(pageSize) : list(Order.DESCENDING, index - 1, pageSize);
    }

    /**
     * Reads the messages after an index, oldest first; the next page holds newer ones. Over REST, which cannot begin in the
     * middle, the messages from the beginning up to there are read as well, a hundred by each call.
     *
     * @param index the last index that is not given
     * @param pageSize how many at most, 1 to 100
     * @return the first page
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Deferred<Page<Message>> after(int index, int pageSize) {
        return list(Order.ASCENDING, Arguments.index(index) + 1, pageSize);
    }

    /**
     * Reads the messages around an index, oldest first: the message itself if it is there, and as many before as after it as
     * there are. For both sides of a jump into the middle of a conversation. Over REST, which cannot begin in the middle, the
     * messages from the nearer end up to there are read as well, a hundred by each call.
     *
     * @param index the middle
     * @param each how many on each side, 1 to 50
     * @return the messages
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Deferred<List<Message>> around(int index, int each) {
        Arguments.index(index);
        Arguments.range("each", 1, 50, each);
        return calls.ask(
                "list messages around " + index + " of " + conversationSid,
                api -> new MessagesAround(api.messages(), conversationSid, each).find(index));
    }

    private Deferred<Page<Message>> none(int pageSize) {
        return calls.page(
                "list messages of " + conversationSid,
                pageSize,
                (api, page) -> CompletableFuture.completedFuture(new Slice<>(List.of(), null)));
    }

    private Deferred<Page<Message>> list(Order order, @Nullable Integer from, int pageSize) {
        return calls.page(
                "list messages of " + conversationSid,
                pageSize,
                (api, page) -> api.messages().list(conversationSid, order, from, page));
    }

    /**
     * Reads one message.
     *
     * @param sid the message SID, {@code IM…}
     * @return the message as it is now
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Deferred<Message> fetch(String sid) {
        messageSid(sid);
        return calls.ask("fetch message " + sid, api -> api.messages().fetch(conversationSid, sid));
    }

    /**
     * Reads what a message holds, by kind: text, files, or what a content template makes, such as a location, a card or answers to
     * tap. Only a message from a template costs a call, since Twilio keeps its content as a file. Where no such file is named it
     * is the text that the template was rendered to.
     *
     * @param message the message, from an event or a list
     * @return its content, a kind of {@link Content}; nobody could try this with real templates
     * @see <a href="https://www.twilio.com/docs/content/content-types-overview">Content types</a>
     */
    public Deferred<Content> content(Message message) {
        Arguments.given("message", message);
        return calls.ask(
                "read the content of message " + message.sid(), api -> new RichContent(api.files()).of(message));
    }

    /**
     * Changes a message. The text of a message with media cannot be changed.
     *
     * @param sid the message SID, {@code IM…}
     * @param change what is to change; what it does not name stays. A participant's client can change text and attributes
     * @return the message as it is then
     * @throws IllegalArgumentException if something is too long, or the attributes are not JSON; the message names the limit
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Deferred<Message> update(String sid, MessageChange change) {
        messageSid(sid);
        SendLimits.check(change);
        return calls.ask("update message " + sid, api -> api.messages().update(conversationSid, sid, change));
    }

    /**
     * What changes single keys of a message's attributes.
     *
     * @param sid the message SID, {@code IM…}
     * @return its attributes
     */
    public AttributeKeys attributes(String sid) {
        messageSid(sid);
        return new AttributeKeys(
                calls,
                "message " + sid,
                api -> api.messages().fetch(conversationSid, sid).thenApply(Message::attributes),
                (api, attributes) -> api.messages()
                        .update(
                                conversationSid,
                                sid,
                                MessageChange.builder().attributes(attributes).build()));
    }

    /**
     * Removes a message for everybody.
     *
     * @param sid the message SID, {@code IM…}
     * @return completes when it is gone
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Deferred<Void> remove(String sid) {
        messageSid(sid);
        return calls.ask("remove message " + sid, api -> api.messages().remove(conversationSid, sid));
    }

    /**
     * Reads what became of a message on its way to each recipient over SMS, WhatsApp and the like. The sum of them stands in
     * {@link Message#delivery()}.
     *
     * @param sid the message SID, {@code IM…}
     * @return the first page of the receipts; empty for chat users only
     * @see <a href="https://www.twilio.com/docs/conversations/delivery-receipts">Delivery Receipts</a>
     */
    public Deferred<Page<DeliveryReceipt>> receipts(String sid) {
        messageSid(sid);
        return calls.page(
                "list receipts of " + sid, 50, (api, page) -> api.messages().receipts(conversationSid, sid, page));
    }

    /**
     * Counts the messages. Over REST they are all read for it, a call per hundred; over the tunnel Twilio tells the number,
     * which follows with a small delay.
     *
     * @return how many there are
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-message-resource">Conversation Message resource</a>
     */
    public Deferred<Integer> count() {
        return calls.ask(
                "count messages of " + conversationSid, api -> api.messages().count(conversationSid));
    }

    private static void messageSid(String sid) {
        Arguments.sid("message SID", "IM", sid);
    }
}
