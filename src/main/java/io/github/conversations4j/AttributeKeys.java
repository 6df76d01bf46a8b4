package io.github.conversations4j;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.commands.Arguments;
import io.github.conversations4j.internal.commands.AttributeChange;
import io.github.conversations4j.model.Attributes;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one conversation, message, participant or user, changed key by key. Thread-safe.
 *
 * <p>Twilio writes attributes only as a whole and takes no condition for a write. So each change reads them, writes them with
 * the key changed, reads them again, and starts over if the key is not as it should be. Changes of one thing within a client
 * take turns. What can still happen, when another process writes at the same time: what it writes between our reading
 * and our writing is lost; and what we wrote is lost if it writes, after our second reading, what it had read before. A
 * process that uses this class too notices the first and repeats its change.
 */
public final class AttributeKeys {
    private final Calls calls;
    private final String what;
    private final Function<ConversationsApi, ? extends CompletionStage<Attributes>> read;
    private final BiFunction<ConversationsApi, Attributes, ? extends CompletionStage<?>> write;

    AttributeKeys(
            Calls calls,
            String what,
            Function<ConversationsApi, ? extends CompletionStage<Attributes>> read,
            BiFunction<ConversationsApi, Attributes, ? extends CompletionStage<?>> write) {
        this.calls = calls;
        this.what = what;
        this.read = read;
        this.write = write;
    }

    /**
     * Reads all of them.
     *
     * @return the attributes as they are now
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>
     */
    public Deferred<Attributes> fetch() {
        return calls.ask("fetch the attributes of " + what, read);
    }

    /**
     * Sets one key and leaves the others as they are.
     *
     * @param key the key
     * @param value text, number, record, map or anything else that Jackson can write as JSON
     * @return the attributes as they were read after the write; fails with {@link ConversationsException} if somebody else
     *     keeps writing over it, and with {@link IllegalStateException} if the attributes are no JSON object
     * @throws IllegalArgumentException if the value cannot be written as JSON, or the key is the library's own
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>
     */
    public Deferred<Attributes> set(String key, Object value) {
        Objects.requireNonNull(value, "value: must not be null; use remove(key), or a JSON null of Jackson");
        return change(key, AttributeChange.json(value));
    }

    /**
     * Removes one key and leaves the others as they are.
     *
     * @param key the key; nothing happens if it is not there
     * @return as {@link #set}
     * @see <a href="https://www.twilio.com/docs/conversations/api/conversation-resource">Conversation resource</a>
     */
    public Deferred<Attributes> remove(String key) {
        return change(key, null);
    }

    private Deferred<Attributes> change(String key, @Nullable JsonNode value) {
        Arguments.text("key", key);
        if (key.equals(Attributes.LIBRARY_KEY)) {
            throw new IllegalArgumentException("key: \"" + key + "\" is kept for the library");
        }
        return calls.ask("change attribute \"" + key + "\" of " + what, api -> {
            AttributeChange change =
                    new AttributeChange(what, () -> read.apply(api), attributes -> write.apply(api, attributes));
            return calls.turns().take(what, () -> change.set(key, value));
        });
    }
}
