package io.github.conversations4j.benchmark;

import com.slack.api.bolt.jakarta_servlet.SlackAppServlet;
import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.emulator.ConversationsEmulator;
import io.github.conversations4j.emulator.EmulatorOptions;
import io.github.conversations4j.source.EventSources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;

/**
 * A server to be measured, in a JVM of its own. It prints its port; for each line that comes it prints the CPU time it has
 * used and how many messages were handled; it ends with its input.
 */
public final class HttpServed {
    private static final LongAdder HANDLED = new LongAdder();
    private static final String LOOPBACK = "127.0.0.1";

    // On one connection. Those of all connections together are fewer than a client keeps notes of before it has found
    // them in Twilio's list, where these are not.
    private static final int CONVERSATIONS = 8;
    private static final int SIGNED_BEFOREHAND = 2048;

    private HttpServed() {}

    /** Who serves. */
    enum Kind {
        /** The server of the JDK, which reads the body and says 200. */
        NOTHING {
            @Override
            int start() throws IOException {
                HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 256);
                server.setExecutor(Executors.newCachedThreadPool());
                server.createContext("/", exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    HANDLED.increment();
                    exchange.sendResponseHeaders(200, -1);
                });
                server.start();
                return server.getAddress().getPort();
            }
        },

        /** A client with the embedded receiver and one hook, as users have it. */
        CONVERSATIONS4J {
            @Override
            int start() throws IOException {
                // Only to accept the credentials at the start; it gets no further request.
                ConversationsEmulator twilio = ConversationsEmulator.start(EmulatorOptions.builder()
                        .accountSid(WebhookPayload.ACCOUNT_SID)
                        .authToken(WebhookPayload.AUTH_TOKEN)
                        .serviceSid(WebhookPayload.CHAT_SERVICE_SID)
                        .build());
                int port = freePort();
                ConversationsClient client = ConversationsClient.start(ClientOptions.backend(twilio.credentials())
                        .baseUrl(twilio.url())
                        .source(EventSources.webhook(WebhookPayload.URL)
                                .port(port)
                                .bindAddress(LOOPBACK))
                        .build());
                client.onMessageAdded(event -> HANDLED.increment());
                client.ready().await();
                return port;
            }
        },

        /** Bolt's servlet on Jetty, with one listener. */
        BOLT_ON_JETTY {
            @Override
            int start() throws Exception {
                Server server = new Server(new InetSocketAddress(LOOPBACK, 0));
                ServletContextHandler context = new ServletContextHandler("/");
                context.addServlet(
                        new ServletHolder(new SlackAppServlet(new SlackReceiver(text -> HANDLED.increment()).app())),
                        "/*");
                server.setHandler(context);
                server.start();
                return ((NetworkConnector) server.getConnectors()[0]).getLocalPort();
            }

            @Override
            Supplier<ByteBuffer> requests(int connection) {
                byte[] body = SlackReceiver.EVENT.getBytes(StandardCharsets.UTF_8);
                ByteBuffer request = request("/slack/events", SlackReceiver.signed(), body);
                return request::rewind;
            }
        };

        abstract int start() throws Exception;

        /**
         * What this server is sent on a connection: messages that it has not seen, signed. Each connection has conversations
         * of its own, so that their messages come in order: the delivery is not measured at putting them in order.
         */
        Supplier<ByteBuffer> requests(int connection) {
            SignedMessages messages = new SignedMessages(connection, CONVERSATIONS, SIGNED_BEFOREHAND);
            return () -> {
                messages.advance();
                return request(
                        "/twilio/conversations/webhook",
                        Map.of(
                                "Content-Type",
                                List.of("application/x-www-form-urlencoded; charset=utf-8"),
                                "I-Twilio-Idempotency-Token",
                                List.of("7b0a6a3e-9f0f-4a57-9f9e-0f8f5e4b8c1d"),
                                "X-Twilio-Signature",
                                List.of(messages.signature())),
                        messages.body());
            };
        }
    }

    /** The public URL tells nothing of the port behind the proxy, so it has to be chosen here. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static ByteBuffer request(String path, Map<String, List<String>> headers, byte[] body) {
        StringBuilder head =
                new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: chat.example.com\r\nContent-Length: ");
        head.append(body.length).append("\r\nUser-Agent: benchmark\r\nAccept: */*\r\n");
        headers.forEach((name, values) ->
                head.append(name).append(": ").append(values.get(0)).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(start.length + body.length)
                .put(start)
                .put(body)
                .flip();
    }

    /**
     * Serves until its input ends.
     *
     * @param args the name of a {@code Kind}
     */
    public static void main(String[] args) {
        try {
            serve(Kind.valueOf(args[0]));
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            // Some threads that were started already are no daemons, and whoever measures waits for the end.
            System.exit(1);
        }
    }

    private static void serve(Kind kind) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(kind.start());
        while (input.readLine() != null) {
            System.out.println(system.getProcessCpuTime() + " " + HANDLED.sum());
        }
    }

    /** The other side of it. Confined to one thread. */
    static final class Process implements AutoCloseable {
        private final java.lang.Process process;
        private final BufferedReader output;
        private final PrintWriter input;
        private final int port;

        private Process(java.lang.Process process) throws IOException {
            this.process = process;
            this.output = process.inputReader(StandardCharsets.UTF_8);
            this.input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
            this.port = Integer.parseInt(line());
        }

        static Process start(Kind kind) throws IOException {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return new Process(new ProcessBuilder(
                            java,
                            "-Xmx1g",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                            "-cp",
                            System.getProperty("java.class.path"),
                            HttpServed.class.getName(),
                            kind.name())
                    .redirectError(Redirect.INHERIT)
                    .start());
        }

        int port() {
            return port;
        }

        long cpuNanos() throws IOException {
            return Long.parseLong(ask()[0]);
        }

        /** Whoever answers and does not handle is fast, too. */
        void check(long answered) throws IOException {
            long deadline = System.nanoTime() + 10_000_000_000L;
            long handled = Long.parseLong(ask()[1]);
            while (handled != answered && System.nanoTime() < deadline) {
                Thread.onSpinWait();
                handled = Long.parseLong(ask()[1]);
            }
            if (handled != answered) {
                throw new IOException(handled + " messages were handled of " + answered);
            }
        }

        private String[] ask() throws IOException {
            input.println();
            return line().split(" ");
        }

        private String line() throws IOException {
            String line = output.readLine();
            if (line == null) {
                throw new IOException("the server ended");
            }
            return line;
        }

        @Override
        public void close() {
            input.close();
            process.destroy();
        }
    }
}
