package io.github.conversations4j.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An object of the JavaScript client, as it was when it was last sent here; {@link #now} reads it again. Immutable.
 *
 * @param home where it lives
 * @param ref which of the objects there
 * @param type its class
 * @param values its public members at that time
 */
record JsObject(JavaScript home, int ref, String type, JsonNode values) {

    /** Calls a method, and waits for what it promises. */
    JsonNode call(String method, Object... arguments) {
        return home.call(this, method, arguments);
    }

    /** Calls a method that gives an object of the client. */
    JsObject callForObject(String method, Object... arguments) {
        return home.object(call(method, arguments));
    }

    /** Calls a method that gives several. */
    List<JsObject> callForObjects(String method, Object... arguments) {
        return home.objects(call(method, arguments));
    }

    /** Calls a method that has to refuse, and gives the error. */
    JsonNode refuses(String method, Object... arguments) {
        try {
            throw new AssertionError(type + "." + method + " did not refuse: " + home.call(this, method, arguments));
        } catch (JsException refused) {
            home.used(type + "." + method);
            return refused.error();
        }
    }

    /** A public member, as it was. */
    JsonNode get(String member) {
        JsonNode value = values.get(member);
        if (value == null) {
            throw new IllegalArgumentException(
                    type + "." + member + " is no public member, or was not sent along: " + values);
        }
        home.used(type + "." + member);
        return value;
    }

    String text(String member) {
        return get(member).asText();
    }

    /** A public member that is an object of the client. */
    JsObject object(String member) {
        return home.object(get(member)).now();
    }

    /** The same object as it is now. */
    JsObject now() {
        return home.read(this);
    }

    /** Waits until one of its events comes, and takes it. */
    JsEvent await(String event) {
        return home.await(this, event, heard -> true);
    }

    boolean is(JsObject other) {
        return ref == other.ref && home == other.home;
    }

    @Override
    public String toString() {
        return type + values;
    }
}
