package io.github.conversations4j.internal.emulator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.emulator.http.Answer;
import io.github.conversations4j.internal.emulator.http.Incoming;
import io.github.conversations4j.internal.emulator.http.Route;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.wire.Form;
import io.github.conversations4j.internal.wire.FormCodec;
import io.github.conversations4j.internal.wire.MalformedFormException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes below {@code /emulator}. What a caller does wrong is answered with JSON that has an {@code error}; what
 * Twilio would refuse also has Twilio's {@code code}. Thread-safe once every action was added.
 */
public final class Control implements Route {
    /** Below this path is what the emulator has and Twilio has not. */
    public static final String PATH = "/emulator";

    private static final String JSON_TYPE = "application/json; charset=utf-8";
    private static final FormCodec QUERY = new FormCodec(64 * 1024, 100);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Action> actions = new LinkedHashMap<>();

    /** Makes routes that do nothing yet. */
    public Control() {}

    /** What one route does. */
    @FunctionalInterface
    public interface Action {
        /**
         * Does it.
         *
         * @param call what it was called with
         * @return what to answer, or null for nothing
         */
        @Nullable
        JsonNode run(Call call);
    }

    /**
     * What a route was called with. Immutable by agreement.
     *
     * @param query its query
     * @param bytes its body
     */
    public record Call(Form query, byte[] bytes) {
        /**
         * Reads the body.
         *
         * @return a JSON object
         * @throws IllegalArgumentException if it is none
         */
        public JsonNode body() {
            try {
                JsonNode body = JSON.readTree(bytes);
                if (body == null || !body.isObject()) {
                    throw new IllegalArgumentException("The body must be a JSON object");
                }
                return body;
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("The body must be a JSON object: " + e.getOriginalMessage(), e);
            } catch (IOException e) {
                throw new IllegalArgumentException("The body cannot be read", e);
            }
        }
    }

    /**
     * Adds a route.
     *
     * @param method {@code GET}, {@code POST} …
     * @param name its path below {@code /emulator/}
     * @param action what it does
     * @return this
     */
    public Control on(String method, String name, Action action) {
        actions.put(method + ' ' + PATH + '/' + name, action);
        return this;
    }

    @Override
    public @Nullable Answer answer(Incoming request) {
        String path = request.path();
        if (!owns(path)) {
            return null;
        }
        Action action = actions.get(request.method() + ' ' + path);
        if (action == null) {
            return refusal(404, "There is " + String.join(", ", actions.keySet()));
        }
        if (request.cut()) {
            return refusal(413, "The body is too large");
        }
        try {
            JsonNode result = action.run(new Call(QUERY.decode(request.query()), request.body()));
            return result == null ? Answer.of(204) : json(200, result);
        } catch (TwilioFault fault) {
            return json(fault.status(), object().put("error", fault.reason()).put("code", fault.code()));
        } catch (TwilioApiException e) {
            return json(
                    e.status(),
                    object().put("error", e.error().message())
                            .put("code", e.code().orElse(0)));
        } catch (MalformedFormException | IllegalArgumentException | IllegalStateException e) {
            return refusal(400, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Says whether a path is below {@link #PATH}.
     *
     * @param path the path of a request
     * @return whether it is
     */
    public static boolean owns(String path) {
        return path.equals(PATH) || path.startsWith(PATH + '/');
    }

    /**
     * Begins an answer.
     *
     * @return an empty object
     */
    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static Answer refusal(int status, String error) {
        return json(status, object().put("error", error));
    }

    private static Answer json(int status, JsonNode body) {
        return Answer.of(status, JSON_TYPE, body.toString().getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store");
    }
}
