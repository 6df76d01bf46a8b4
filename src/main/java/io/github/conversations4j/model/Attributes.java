package io.github.conversations4j.model;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The free-form JSON that an application keeps on a conversation, message, participant or user.
 *
 * <p>Twilio carries attributes as text. The text is kept as it came and parsed when first asked for, so that events
 * whose attributes nobody reads cost nothing, and an event whose attributes are not JSON is not lost: only reading
 * them fails. Jackson writes them as the JSON that they are. Immutable and thread-safe. Equal when the texts are equal.
 */
public final class Attributes {
    /**
     * The key under which this library keeps what it needs, in attributes that are an object: the id that the sending
     * client gave to a message. {@link #as} does not see it, so that a record of the application needs no place for it.
     */
    public static final String LIBRARY_KEY = "conversations4j";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String CLIENT_ID = "id";

    /** No attributes: the empty object, Twilio's default. */
    public static final Attributes EMPTY = new Attributes("{}");

    private final String json;

    /** Written by whichever thread parses first; racing threads write equal trees. */
    private volatile @Nullable JsonNode tree;

    private Attributes(String json) {
        this.json = json;
    }

    /**
     * Wraps JSON text without looking at it.
     *
     * @param json the text; null and blank mean {@link #EMPTY}, as at Twilio
     * @return the attributes
     */
    public static Attributes of(@Nullable String json) {
        return json == null || json.isBlank() || json.equals("{}") ? EMPTY : new Attributes(json);
    }

    /**
     * Writes a value as JSON: a record, a map, a {@link JsonNode} or anything else that Jackson can write.
     *
     * @param value what to write
     * @return the attributes
     * @throws IllegalArgumentException if Jackson cannot write the value
     */
    public static Attributes from(Object value) {
        return from(value, MAPPER);
    }

    /**
     * Writes a value as JSON with a mapper of the application.
     *
     * @param value what to write
     * @param mapper how to write it
     * @return the attributes
     * @throws IllegalArgumentException if the mapper cannot write the value
     */
    public static Attributes from(Object value, ObjectMapper mapper) {
        try {
            return of(mapper.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "attributes: cannot write a " + value.getClass().getName() + " as JSON: " + e.getOriginalMessage(),
                    e);
        }
    }

    /**
     * The text as it came.
     *
     * @return JSON text, unless Twilio or whoever wrote it sent something else
     */
    public String json() {
        return json;
    }

    /**
     * Whether the text is JSON.
     *
     * @return whether the reading methods will work
     */
    public boolean isValid() {
        try {
            asJson();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /**
     * The attributes as a JSON tree. Do not change it: it is shared.
     *
     * @return the tree, usually an object
     * @throws IllegalStateException if the text is not JSON
     */
    public JsonNode asJson() {
        JsonNode parsed = tree;
        if (parsed == null) {
            parsed = read(MAPPER, JsonNode.class);
            tree = parsed;
        }
        return parsed;
    }

    /**
     * The attributes as a record or class of the application.
     *
     * @param type what to read them as
     * @param <T> what to read them as
     * @return a new object
     * @throws IllegalStateException if the text is not JSON, or does not fit the type
     */
    public <T> T as(Class<T> type) {
        return read(MAPPER, type);
    }

    /**
     * The attributes as a record or class of the application, read with its own mapper.
     *
     * @param type what to read them as
     * @param mapper how to read them
     * @param <T> what to read them as
     * @return a new object
     * @throws IllegalStateException if the text is not JSON, or does not fit the type
     */
    public <T> T as(Class<T> type, ObjectMapper mapper) {
        return read(mapper, type);
    }

    /**
     * The text under one key of the top-level object.
     *
     * @param key the key
     * @return the text; empty if there is no such key, or its value is no text, number or boolean
     * @throws IllegalStateException if the text is not JSON
     */
    public Optional<String> text(String key) {
        JsonNode value = asJson().get(key);
        return value == null || value.isNull() || value.isContainerNode()
                ? Optional.empty()
                : Optional.of(value.asText());
    }

    /**
     * The id that the sending client gave to the message whose attributes these are.
     *
     * @return the id; empty if there is none, or if these attributes are not JSON
     */
    public Optional<String> clientId() {
        if (!json.contains(LIBRARY_KEY)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    asJson().path(LIBRARY_KEY).path(CLIENT_ID).textValue());
        } catch (IllegalStateException notJson) {
            return Optional.empty();
        }
    }

    /**
     * The same attributes with the id of a sending client in them.
     *
     * @param id the id
     * @return new attributes; empty if these are no object, in which there is no place for it
     * @throws IllegalStateException if the text is not JSON
     */
    public Optional<Attributes> withClientId(String id) {
        if (!asJson().isObject()) {
            return Optional.empty();
        }
        if (asJson().has(LIBRARY_KEY)) {
            return Attributes.of(withoutLibraryKey().toString()).withClientId(id);
        }
        // Put into the text, because reading and writing again would change numbers that no double can hold.
        String entry = "\"" + LIBRARY_KEY + "\":{\"" + CLIENT_ID + "\":\"" + id + "\"}}";
        String start = json.substring(0, json.lastIndexOf('}'));
        return Optional.of(new Attributes(start + (asJson().isEmpty() ? "" : ",") + entry));
    }

    /** What Jackson writes for these: the JSON itself; the text where it is none. */
    @JsonValue
    private Object written() {
        return isValid() ? asJson() : json;
    }

    private <T> T read(ObjectMapper mapper, Class<T> type) {
        T value;
        try {
            value = !type.equals(JsonNode.class) && json.contains(LIBRARY_KEY)
                    ? mapper.treeToValue(withoutLibraryKey(), type)
                    : mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "attributes: cannot be read as " + type.getName() + ": " + e.getOriginalMessage(), e);
        }
        if (value == null) {
            throw new IllegalStateException("attributes: JSON null cannot be read as " + type.getName());
        }
        return value;
    }

    private JsonNode withoutLibraryKey() {
        JsonNode all = asJson();
        return all.isObject() ? all.<ObjectNode>deepCopy().without(LIBRARY_KEY) : all;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** The JSON text. */
    @Override
    public String toString() {
        return json;
    }
}
