package io.github.conversations4j.internal.webhook;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.conversations4j.Scheduler;
import io.github.conversations4j.Scheduler.Cancellable;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.source.WebhookRequest;
import io.github.conversations4j.source.WebhookSource;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The embedded receiver: the HTTP server of the JDK, with limits on size and time and without its stall of 40 ms. Why this
 * server and how it is made fast without properties of the whole JVM is in {@code docs/adr/0002}. Thread-safe.
 *
 * <p>Bound by the constructor, so that a port in use is an error at once; serves after {@link #start}.
 */
final class WebhookReceiver {
    private static final int BACKLOG = 256;

    /** Since this version the server sends head and body of a reply together (JDK-6968351). */
    private static final int JAVA_THAT_SENDS_AT_ONCE = 23;

    private static final boolean SENDS_AT_ONCE = Runtime.version().feature() >= JAVA_THAT_SENDS_AT_ONCE;

    private final HttpServer server;
    private final ReadLimiter limiter;
    private final ServerStopper stopper;
    private final BodyReader bodies;
    private final Scheduler scheduler;
    private final AtomicInteger exchanges = new AtomicInteger();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    // Written while holding the server's monitor; nothing starts any more once it closes.
    private volatile boolean closing;
    private volatile boolean started;

    WebhookReceiver(WebhookSource settings, SourceContext context) {
        this.server = bind(settings);
        this.scheduler = context.scheduler();
        this.limiter = new ReadLimiter(context.executor(), context.scheduler(), settings.readTimeout());
        this.stopper = new ServerStopper(server, limiter, ServerStopper.PATIENCE);
        server.setExecutor(stopper);
        this.bodies = new BodyReader(settings.maxBodyBytes());
    }

    private static HttpServer bind(WebhookSource settings) {
        InetSocketAddress address = new InetSocketAddress(settings.bindAddress(), settings.port());
        String place = settings.bindAddress() + ":" + settings.port();
        if (address.isUnresolved()) {
            throw new ConversationsException("The webhook receiver cannot listen on " + place
                    + ": there is no such host; set an address of this machine with bindAddress(…)");
        }
        try {
            return HttpServer.create(address, BACKLOG);
        } catch (BindException e) {
            throw new ConversationsException(
                    "The webhook receiver cannot listen on " + place + " (" + e.getMessage()
                            + "): stop the program that has port " + settings.port()
                            + ", or choose another one with EventSources.webhook(…).port(…) and let the proxy forward to it",
                    e);
        } catch (IOException e) {
            throw new ConversationsException(
                    "The webhook receiver cannot listen on " + place + ": " + e.getMessage(), e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Serves requests. The thread that calls this should be a daemon: the server's own thread becomes like it. */
    void start(WebhookHandler handler) {
        synchronized (server) {
            if (!closing) {
                server.createContext("/", exchange -> serve(exchange, handler));
                limiter.start();
                server.start();
                started = true;
            }
        }
    }

    /** Waits until nothing is being handled, or for the limit; then closes the port and all connections. */
    CompletionStage<Void> close(Duration limit) {
        synchronized (server) {
            if (closing) {
                return closed;
            }
            closing = true;
        }
        idle.whenComplete((nothing, failure) -> {
            // Stopping waits for the thread that accepts connections, which no caller of ours should have to.
            Thread thread = new Thread(this::stop, "conversations4j-webhook-stop");
            thread.setDaemon(true);
            thread.start();
        });
        if (exchanges.get() == 0) {
            idle.complete(null);
        } else {
            Cancellable atTheLatest = scheduler.schedule(() -> idle.complete(null), limit);
            idle.thenRun(atTheLatest::cancel);
        }
        return closed;
    }

    private void stop() {
        limiter.close();
        if (!started) {
            // The server gives its port back only on the thread that start() makes.
            server.start();
        }
        stopper.stop();
        closed.complete(null);
    }

    private void serve(HttpExchange exchange, WebhookHandler handler) throws IOException {
        exchanges.incrementAndGet();
        try {
            WebhookRequest.Builder request = WebhookRequest.builder(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString())
                    .headers(exchange.getRequestHeaders())
                    .remoteAddress(exchange.getRemoteAddress().getAddress().getHostAddress());
            reply(exchange, receive(exchange, request, handler));
        } finally {
            if (exchanges.decrementAndGet() == 0 && closing) {
                idle.complete(null);
            }
        }
    }

    private WebhookReply receive(HttpExchange exchange, WebhookRequest.Builder request, WebhookHandler handler) {
        byte[] body;
        try {
            body = bodies.read(exchange.getRequestHeaders(), exchange.getRequestBody());
        } catch (Refused e) {
            return abandon(exchange, handler.refuse(request.build(), e));
        } finally {
            limiter.arrived();
        }
        return handler.handle(request.body(body).build());
    }

    /** What is left of the request is not read. */
    private static WebhookReply abandon(HttpExchange exchange, WebhookReply reply) {
        exchange.getResponseHeaders().set("Connection", "close");
        return reply;
    }

    private static void reply(HttpExchange exchange, WebhookReply reply) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        reply.headers().forEach(headers::set);
        byte[] body = reply.body();
        if (body.length == 0) {
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        if (!SENDS_AT_ONCE) {
            // The end of the connection pushes the body out; without it the body waits for a delayed acknowledgement.
            headers.set("Connection", "close");
        }
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
