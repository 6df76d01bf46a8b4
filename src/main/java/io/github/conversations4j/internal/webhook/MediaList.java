package io.github.conversations4j.internal.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conversations4j.model.Media;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code Media} parameter: JSON text of an array. Its keys begin with capitals in what was captured from Twilio,
 * unlike those of REST; both are read.
 */
final class MediaList {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private MediaList() {}

    /**
     * Reads the files of a message.
     *
     * @param json the parameter; null if it was not sent
     * @return the files; empty if the text is not what it should be, since a message is not lost because of it
     */
    static List<Media> read(@Nullable String json) {
        if (json == null) {
            return List.of();
        }
        JsonNode array;
        try {
            array = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            return List.of();
        }
        List<Media> media = new ArrayList<>(array.size());
        for (JsonNode item : array) {
            String sid = text(item, "Sid", "sid");
            if (sid != null) {
                media.add(Media.builder(sid)
                        .filename(text(item, "Filename", "filename"))
                        .contentType(text(item, "ContentType", "content_type"))
                        .size(size(item))
                        .category(text(item, "Category", "category"))
                        .build());
            }
        }
        return media;
    }

    private static @Nullable Long size(JsonNode item) {
        JsonNode size = item.has("Size") ? item.get("Size") : item.path("size");
        long bytes = size.asLong(-1);
        return bytes < 0 ? null : bytes;
    }

    private static @Nullable String text(JsonNode item, String key, String restKey) {
        JsonNode value = item.has(key) ? item.get(key) : item.path(restKey);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }
}
