package io.github.conversations4j.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An event of the JavaScript client. Immutable.
 *
 * @param home where it happened
 * @param ref which object told it; -1 for none
 * @param name its name
 * @param arguments what listeners were given
 */
record JsEvent(JavaScript home, int ref, String name, JsonNode arguments) {

    /** The only argument. */
    JsonNode value() {
        return arguments.path(0);
    }

    /** The only argument, which is an object of the client. */
    JsObject object() {
        return home.object(value());
    }

    /** The object that was updated. */
    JsObject object(String member) {
        return home.object(value().path(member));
    }

    /** What was updated, in alphabetical order. */
    List<String> updateReasons() {
        List<String> reasons = new ArrayList<>();
        value().path("updateReasons").forEach(reason -> reasons.add(reason.asText()));
        Collections.sort(reasons);
        return reasons;
    }

    @Override
    public String toString() {
        return name + arguments;
    }
}
