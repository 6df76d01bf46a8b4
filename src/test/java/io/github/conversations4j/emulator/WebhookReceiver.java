package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.wire.Form;
import io.github.conversations4j.internal.wire.FormCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A server that takes webhooks, remembers them in the order in which they came, and answers as it is told. */
final class WebhookReceiver implements AutoCloseable {
    private static final FormCodec FORMS = new FormCodec(4 * 1024 * 1024, 1000);

    private final MockWebServer server = new MockWebServer();
    private final List<Received> all = new CopyOnWriteArrayList<>();
    private volatile Function<Received, MockResponse> answers = received -> new MockResponse.Builder().build();

    /** A webhook that came. */
    record Received(RecordedRequest request, Form form) {
        String event() {
            return String.valueOf(form.first("EventType"));
        }

        String header(String name) {
            return request.getHeaders().get(name);
        }
    }

    WebhookReceiver() throws IOException {
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

    String url() {
        return url("/hook");
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getPort() + path;
    }

    void answering(Function<Received, MockResponse> how) {
        answers = how;
    }

    List<Received> all() {
        return all;
    }

    List<Received> of(String event) {
        return all.stream().filter(received -> received.event().equals(event)).toList();
    }

    /** The bodies of the messages that were told of, in the order in which they came. */
    List<String> bodies() {
        return of("onMessageAdded").stream()
                .map(received -> received.form().first("Body"))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
