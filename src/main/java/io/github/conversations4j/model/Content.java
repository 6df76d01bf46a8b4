package io.github.conversations4j.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message holds, by kind: plain text and files, and the rich kinds that are made from content templates. Immutable.
 *
 * <p>Every kind has its JSON as it came, for fields that this version does not know.
 *
 * <p>See <a href="https://www.twilio.com/docs/content/content-types-overview">Content types</a>.
 */
public sealed interface Content {
    /**
     * The JSON as it came.
     *
     * @return the text of a JSON object; {@code {}} for text and files of a message that was made without a template
     */
    String json();

    /**
     * Only text.
     *
     * @param body the text
     * @param json the JSON as it came
     */
    record Text(String body, String json) implements Content {}

    /**
     * Files.
     *
     * @param body the text beside them; null for none
     * @param files the files of a message; empty in a template
     * @param urls where the files of a template are; empty in a message that was made without one
     * @param json the JSON as it came
     */
    record Files(@Nullable String body, List<Media> files, List<String> urls, String json) implements Content {
        /** Copies what was given. */
        public Files {
            files = List.copyOf(files);
            urls = List.copyOf(urls);
        }
    }

    /**
     * A place on the map.
     *
     * @param latitude degrees north
     * @param longitude degrees east
     * @param label the text beside the pin; null for none
     * @param json the JSON as it came
     */
    record Location(
            double latitude, double longitude, @Nullable String label, String json) implements Content {}

    /**
     * A text with answers to tap.
     *
     * @param body the text
     * @param replies the answers
     * @param json the JSON as it came
     */
    record QuickReply(String body, List<Action.Reply> replies, String json) implements Content {
        /** Copies what was given. */
        public QuickReply {
            replies = List.copyOf(replies);
        }
    }

    /**
     * A text with buttons that do something.
     *
     * @param body the text
     * @param actions the buttons
     * @param json the JSON as it came
     */
    record CallToAction(String body, List<Action> actions, String json) implements Content {
        /** Copies what was given. */
        public CallToAction {
            actions = List.copyOf(actions);
        }
    }

    /**
     * A text with a list to choose from.
     *
     * @param body the text
     * @param button what opens the list
     * @param items the list
     * @param json the JSON as it came
     */
    record ListPicker(String body, String button, List<Item> items, String json) implements Content {
        /** Copies what was given. */
        public ListPicker {
            items = List.copyOf(items);
        }

        /**
         * One thing to choose.
         *
         * @param id what it is to the program
         * @param item what is shown
         * @param description more of it; null for none
         */
        public record Item(String id, String item, @Nullable String description) {}
    }

    /**
     * A card with title, pictures and buttons.
     *
     * @param title the title
     * @param subtitle what stands below; null for none
     * @param urls where its pictures are
     * @param actions the buttons
     * @param json the JSON as it came
     */
    record Card(String title, @Nullable String subtitle, List<String> urls, List<Action> actions, String json)
            implements Content {
        /** Copies what was given. */
        public Card {
            urls = List.copyOf(urls);
            actions = List.copyOf(actions);
        }
    }

    /**
     * A kind that this version does not know, or whose JSON lacks what its kind needs.
     *
     * @param type its name, such as {@code twilio/carousel}
     * @param json the JSON as it came
     */
    record Other(String type, String json) implements Content {}

    /** A button. */
    sealed interface Action {
        /**
         * Opens a page.
         *
         * @param title what is shown
         * @param url the page
         */
        record Url(String title, String url) implements Action {}

        /**
         * Calls a number.
         *
         * @param title what is shown
         * @param phone the number
         */
        record Phone(String title, String phone) implements Action {}

        /**
         * Sends an answer.
         *
         * @param title what is shown, and sent
         * @param id what it is to the program; null if none was given
         */
        record Reply(String title, @Nullable String id) implements Action {}

        /**
         * A kind that this version does not know.
         *
         * @param type its name; empty if it has none
         * @param json the JSON as it came
         */
        record Other(String type, String json) implements Action {}
    }
}
