package io.github.conversations4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.tests.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;

/**
 * A Node.js process with Twilio's own JavaScript client, driven over its standard streams; {@code agent.js} says how.
 * Thread-safe.
 *
 * <p>It remembers what was used of that client: {@code Client.getUser} is a method or property, {@code Client::create} is
 * static, {@code Client#messageAdded} is an event.
 */
final class JavaScript implements AutoCloseable {
    private static final ObjectMapper JSON = new JsonMapper();

    private final Process process;
    private final Writer commands;
    private final Thread reader;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Happenings<JsEvent> events = new Happenings<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    private JavaScript(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.reader = new Thread(this::read, "conversations4j-interop-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a process; the test is skipped, with a message, where Node.js is missing. */
    static JavaScript start() {
        NodeProject node = NodeProject.install(Path.of(""));
        if (node == null) {
            Assumptions.abort("skipped: " + NodeProject.NEEDED);
        }
        try {
            return new JavaScript(node.run("agent.js").start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                take(JSON.readTree(line));
            }
        } catch (IOException e) {
            fail(e);
        }
        fail(new IOException("the JavaScript process ended"));
    }

    private void take(JsonNode told) {
        if (told.has("event")) {
            String name = told.path("event").asText();
            events.add(new JsEvent(this, told.path("ref").asInt(-1), name, told.path("args")));
            return;
        }
        CompletableFuture<JsonNode> answer = waiting.remove(told.path("id").asInt());
        if (told.has("error")) {
            answer.completeExceptionally(new JsException("JavaScript", told.path("error")));
        } else {
            answer.complete(told.path("value"));
        }
    }

    private void fail(IOException why) {
        waiting.values().forEach(answer -> answer.completeExceptionally(why));
    }

    /** Makes an object; its events are heard from the first one. */
    JsObject make(String type, Object... arguments) {
        ObjectNode command = command("new").put("class", type);
        command.set("args", encode(arguments));
        return object(ask(command));
    }

    /** What there is to use: for each class its methods, statics, properties and events. */
    JsonNode members() {
        return ask(command("members"));
    }

    /** Calls a static method, or reads a static member. */
    JsonNode ofClass(String type, String member, Object... arguments) {
        ObjectNode command = command("static").put("class", type).put("name", member);
        command.set("args", encode(arguments));
        JsonNode value = ask(command);
        used(type + "::" + member);
        return value;
    }

    JsonNode call(JsObject object, String method, Object... arguments) {
        ObjectNode command = command("call").put("ref", object.ref()).put("name", method);
        command.set("args", encode(arguments));
        JsonNode value = ask(command);
        used(object.type() + "." + method);
        return value;
    }

    /** Adds a listener by a method of emitters; what it hears comes under another name. */
    void hear(JsObject object, String method, String event, String as) {
        ask(command("hear")
                .put("ref", object.ref())
                .put("name", method)
                .put("event", event)
                .put("as", as));
        used("ReplayEventEmitter." + method);
    }

    /** Takes such a listener away. */
    void unhear(JsObject object, String method, String event, String as) {
        ask(command("unhear")
                .put("ref", object.ref())
                .put("name", method)
                .put("event", event)
                .put("as", as));
        used("ReplayEventEmitter." + method);
    }

    JsObject read(JsObject object) {
        return object(ask(command("read").put("ref", object.ref())));
    }

    /** Waits for an event, and takes it. */
    JsEvent await(JsObject object, String event, Predicate<JsEvent> fits) {
        JsEvent heard = events.await(
                object.type() + "#" + event,
                one -> one.ref() == object.ref() && one.name().equals(event) && fits.test(one));
        used(object.type() + "#" + event);
        return heard;
    }

    /** What an object told and nobody waited for. */
    List<JsEvent> pending(JsObject object, String event) {
        return events.pending(one -> one.ref() == object.ref() && one.name().equals(event));
    }

    void used(String member) {
        used.add(member);
    }

    Set<String> used() {
        return used;
    }

    JsObject object(JsonNode value) {
        assertThat(value.has("$ref")).as("an object of the client: %s", value).isTrue();
        return new JsObject(
                this, value.path("$ref").asInt(), value.path("$class").asText(), value);
    }

    List<JsObject> objects(JsonNode values) {
        assertThat(values.isArray()).as("several: %s", values).isTrue();
        List<JsObject> objects = new ArrayList<>();
        values.forEach(value -> objects.add(object(value)));
        return objects;
    }

    private ObjectNode command(String action) {
        return JSON.createObjectNode().put("do", action);
    }

    private static ArrayNode encode(Object... arguments) {
        ArrayNode encoded = JSON.createArrayNode();
        for (Object argument : arguments) {
            encoded.add(encode(argument));
        }
        return encoded;
    }

    private static JsonNode encode(Object argument) {
        if (argument instanceof JsObject object) {
            return JSON.createObjectNode().put("$ref", object.ref());
        }
        if (argument instanceof JsFile file) {
            return JSON.createObjectNode().set("$file", JSON.valueToTree(file));
        }
        if (argument instanceof List<?> list) {
            return encode(list.toArray());
        }
        return JSON.valueToTree(argument);
    }

    private JsonNode ask(ObjectNode command) {
        int id = lastId.incrementAndGet();
        command.put("id", id);
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        try {
            synchronized (commands) {
                commands.write(JSON.writeValueAsString(command) + "\n");
                commands.flush();
            }
            return answer.get(Patience.SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JsException refused) {
                throw new JsException(command.toString(), refused.error());
            }
            throw new AssertionError(command + " was not answered", e);
        } catch (TimeoutException | JsonProcessingException e) {
            throw new AssertionError(command + " was not answered", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends the process. */
    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(Patience.SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException alreadyEnded) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Patience.join(reader);
    }
}
