package io.github.conversations4j.tests;

import io.github.conversations4j.internal.wire.Form;
import io.github.conversations4j.internal.wire.FormCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A server that takes webhooks, remembers them in the order in which they came, and answers as it is told. */
public final class HookListener implements AutoCloseable {
    private static final FormCodec FORMS = new FormCodec(4 * 1024 * 1024, 1000);

    private final MockWebServer server = new MockWebServer();
    private final List<Received> all = new CopyOnWriteArrayList<>();
    private volatile Function<Received, MockResponse> answers = received -> new MockResponse.Builder().build();

    /** A webhook that came. */
    public record Received(RecordedRequest request, Form form) {
        public String event() {
            return String.valueOf(form.first("EventType"));
        }

        /** The names of its parameters, in order. */
        public List<String> names() {
            return IntStream.range(0, form.size()).mapToObj(form::name).toList();
        }

        public String header(String name) {
            return request.getHeaders().get(name);
        }
    }

    public HookListener() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                Received received = received(request);
                all.add(received);
                return answers.apply(received);
            }
        });
        server.start();
    }

    private static Received received(RecordedRequest request) {
        String target = request.getTarget();
        byte[] form = request.getMethod().equals("GET")
                ? target.substring(target.indexOf('?') + 1).getBytes(StandardCharsets.US_ASCII)
                : request.getBody().toByteArray();
        return new Received(request, FORMS.decode(form));
    }

    public String url() {
        return url("/hook");
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getPort() + path;
    }

    public void answering(Function<Received, MockResponse> how) {
        answers = how;
    }

    public List<Received> all() {
        return all;
    }

    public List<Received> of(String event) {
        return all.stream().filter(received -> received.event().equals(event)).toList();
    }

    /** The bodies of the messages that were told of, in the order in which they came. */
    public List<String> bodies() {
        return of("onMessageAdded").stream()
                .map(received -> received.form().first("Body"))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
