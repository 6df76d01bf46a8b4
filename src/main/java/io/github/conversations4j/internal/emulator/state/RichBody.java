package io.github.conversations4j.internal.emulator.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.conversations4j.model.Media;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a message from a content template holds: a file of the category {@code body} with the content as JSON, which the
 * official JavaScript client looks for, and the text for everybody else. Immutable.
 *
 * <p>Which variant goes to chat users is not documented: here the first that is more than text, else the first.
 *
 * @param file the file
 * @param json its content
 * @param text the text
 */
record RichBody(Media file, byte[] json, @Nullable String text) {
    private static final String TYPE = "application/x-vnd.com.twilio.rich.";
    private static final String TEXT = "twilio/text";
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([\\w-]+)\\s*}}");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Renders a template; the same again for the same SID of the file. */
    static RichBody of(StoredTemplate template, @Nullable String variables, String mediaSid) {
        Map<String, String> values = new HashMap<>();
        add(values, template.variables());
        add(values, read(variables == null || variables.isEmpty() ? "{}" : variables));
        JsonNode types = template.types();
        String type = types.fieldNames().next();
        for (Map.Entry<String, JsonNode> variant : types.properties()) {
            if (type.equals(TEXT)) {
                type = variant.getKey();
            }
        }
        JsonNode data = rendered(types.get(type), values);
        ObjectNode content = JSON.createObjectNode();
        content.set("data", data);
        byte[] json = content.toString().getBytes(StandardCharsets.UTF_8);
        Media file = new Media(mediaSid, null, TYPE + type.replace('/', '.'), (long) json.length, "body");
        return new RichBody(file, json, text(data));
    }

    private static void add(Map<String, String> values, JsonNode variables) {
        variables
                .properties()
                .forEach(variable ->
                        values.put(variable.getKey(), variable.getValue().asText()));
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw TwilioFault.invalid(50527, "ContentVariables must be a JSON object");
        }
    }

    private static JsonNode rendered(JsonNode node, Map<String, String> values) {
        if (node.isTextual()) {
            return TextNode.valueOf(VARIABLE.matcher(node.textValue())
                    .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group()))));
        } else if (node.isObject()) {
            ObjectNode copy = JSON.createObjectNode();
            node.properties().forEach(field -> copy.set(field.getKey(), rendered(field.getValue(), values)));
            return copy;
        } else if (node.isArray()) {
            ArrayNode copy = JSON.createArrayNode();
            node.forEach(element -> copy.add(rendered(element, values)));
            return copy;
        }
        return node;
    }

    private static @Nullable String text(JsonNode data) {
        for (String field : new String[] {"body", "title", "label"}) {
            String text = data.path(field).textValue();
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
