package io.github.conversations4j.internal.commands;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.model.Attributes;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes one key of the attributes of one thing: reads them, writes them with the key changed, reads them again, and starts
 * over if somebody else's write has swallowed ours. Immutable.
 *
 * <p>Twilio writes attributes as a whole and has no condition for it. So what somebody else wrote between our reading and
 * our writing is lost without a trace, and so is ours if they write after our second reading what they had read before
 * it. Only work within one process is kept apart, by {@link Turns}.
 *
 * <p>Numbers are kept digit for digit, because the whole is written again, and compared by value, because the same number
 * has several Java types and more spellings.
 *
 * @param what the thing, for messages
 * @param read reads its attributes as they are now
 * @param write writes them
 */
public record AttributeChange(
        String what,
        Supplier<? extends CompletionStage<Attributes>> read,
        Function<Attributes, ? extends CompletionStage<?>> write) {
    private static final int MOST_WRITES = 5;

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Zero for nodes of the same value, as {@link JsonNode#equals(Comparator, JsonNode)} wants it. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> {
        boolean same = one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
        return same ? 0 : 1;
    };

    /**
     * A value as it is when it was written and read again.
     *
     * @param value anything that Jackson can write
     * @return the value as JSON
     * @throws IllegalArgumentException if Jackson cannot write it
     */
    public static JsonNode json(Object value) {
        return exact(Attributes.from(value));
    }

    /**
     * Sets or removes a key.
     *
     * @param key the key
     * @param value its new value; null to remove it
     * @return the attributes as they were last read; fails with {@link IllegalStateException} if they are no object, and
     *     with {@link ConversationsException} if somebody else keeps writing over it
     */
    public CompletionStage<Attributes> set(String key, @Nullable JsonNode value) {
        return attempt(key, value, MOST_WRITES);
    }

    private CompletionStage<Attributes> attempt(String key, @Nullable JsonNode value, int writesLeft) {
        return read.get().thenCompose(now -> {
            if (holds(now, key, value)) {
                return CompletableFuture.completedFuture(now);
            }
            if (writesLeft == 0) {
                throw new ConversationsException(what + ": attribute \"" + key + "\" was written " + MOST_WRITES
                        + " times and was gone each time; somebody else writes these attributes as a whole");
            }
            return write.apply(changed(now, key, value)).thenCompose(done -> attempt(key, value, writesLeft - 1));
        });
    }

    private boolean holds(Attributes now, String key, @Nullable JsonNode value) {
        JsonNode present = object(now).get(key);
        return value == null ? present == null : present != null && value.equals(BY_VALUE, present);
    }

    private Attributes changed(Attributes now, String key, @Nullable JsonNode value) {
        ObjectNode all = object(now);
        if (value == null) {
            all.remove(key);
        } else {
            all.set(key, value);
        }
        return Attributes.of(all.toString());
    }

    private ObjectNode object(Attributes attributes) {
        if (exact(attributes) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalStateException(
                what + ": its attributes are no JSON object, so there is no key to change; write them as a whole");
    }

    private static JsonNode exact(Attributes attributes) {
        return attributes.as(JsonNode.class, EXACT);
    }
}
