package io.github.conversations4j.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.model.Content;
import io.github.conversations4j.model.Content.Action;
import io.github.conversations4j.model.Content.ListPicker.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what Twilio calls content: the variants of a template, and the rich body of a message. Stateless.
 *
 * <p>What lacks a field that its kind needs is given as {@link Content.Other}: nobody is to lose a message for it.
 */
public final class ContentJson {
    /** What stands for the JSON of what was made without a template. */
    public static final String NONE = "{}";

    private ContentJson() {}

    /**
     * Decodes all variants of a template.
     *
     * @param types an object with a variant under each type
     * @return the variants by type
     */
    public static Map<String, Content> variants(JsonNode types) {
        Map<String, Content> variants = new LinkedHashMap<>();
        types.fields()
                .forEachRemaining(entry -> variants.put(entry.getKey(), content(entry.getKey(), entry.getValue())));
        return variants;
    }

    /**
     * Decodes the variables of a template.
     *
     * @param variables an object with an example under each name
     * @return the examples by name
     */
    public static Map<String, String> variables(JsonNode variables) {
        Map<String, String> examples = new LinkedHashMap<>();
        variables
                .fields()
                .forEachRemaining(
                        entry -> examples.put(entry.getKey(), entry.getValue().asText()));
        return examples;
    }

    /**
     * Decodes one content.
     *
     * @param type its type, such as {@code twilio/text}
     * @param data its JSON
     * @return the content
     */
    public static Content content(String type, JsonNode data) {
        Content known = switch (type) {
            case "twilio/text" -> text(data);
            case "twilio/media" ->
                new Content.Files(text(data, "body"), List.of(), texts(data, "media"), data.toString());
            case "twilio/location" -> location(data);
            case "twilio/quick-reply" -> quickReply(data);
            case "twilio/call-to-action" -> callToAction(data);
            case "twilio/list-picker" -> listPicker(data);
            case "twilio/card" -> card(data);
            default -> null;
        };
        return known == null ? new Content.Other(type, data.toString()) : known;
    }

    private static @Nullable Content text(JsonNode data) {
        String body = text(data, "body");
        return body == null ? null : new Content.Text(body, data.toString());
    }

    private static @Nullable Content location(JsonNode data) {
        JsonNode latitude = data.path("latitude");
        JsonNode longitude = data.path("longitude");
        return latitude.isNumber() && longitude.isNumber()
                ? new Content.Location(
                        latitude.doubleValue(), longitude.doubleValue(), text(data, "label"), data.toString())
                : null;
    }

    private static @Nullable Content quickReply(JsonNode data) {
        String body = text(data, "body");
        if (body == null) {
            return null;
        }
        List<Action.Reply> replies = new ArrayList<>();
        for (JsonNode action : data.path("actions")) {
            String title = text(action, "title");
            if (title == null) {
                return null;
            }
            replies.add(new Action.Reply(title, text(action, "id")));
        }
        return new Content.QuickReply(body, replies, data.toString());
    }

    private static @Nullable Content callToAction(JsonNode data) {
        String body = text(data, "body");
        return body == null ? null : new Content.CallToAction(body, actions(data), data.toString());
    }

    private static @Nullable Content listPicker(JsonNode data) {
        String body = text(data, "body");
        String button = text(data, "button");
        if (body == null || button == null) {
            return null;
        }
        List<Item> items = new ArrayList<>();
        for (JsonNode node : data.path("items")) {
            String id = text(node, "id");
            String item = text(node, "item");
            if (id == null || item == null) {
                return null;
            }
            items.add(new Item(id, item, text(node, "description")));
        }
        return new Content.ListPicker(body, button, items, data.toString());
    }

    private static @Nullable Content card(JsonNode data) {
        String title = text(data, "title");
        return title == null
                ? null
                : new Content.Card(title, text(data, "subtitle"), texts(data, "media"), actions(data), data.toString());
    }

    private static List<Action> actions(JsonNode data) {
        List<Action> actions = new ArrayList<>();
        data.path("actions").forEach(action -> actions.add(action(action)));
        return actions;
    }

    private static Action action(JsonNode action) {
        String type = text(action, "type");
        String title = text(action, "title");
        String url = text(action, "url");
        String phone = text(action, "phone");
        if (title != null && "URL".equals(type) && url != null) {
            return new Action.Url(title, url);
        }
        if (title != null && "PHONE_NUMBER".equals(type) && phone != null) {
            return new Action.Phone(title, phone);
        }
        if (title != null && "QUICK_REPLY".equals(type)) {
            return new Action.Reply(title, text(action, "id"));
        }
        return new Action.Other(type == null ? "" : type, action.toString());
    }

    private static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.path(field).textValue();
    }
}
