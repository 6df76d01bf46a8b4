package io.github.conversations4j.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.conversations4j.tests.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerStopperTest {
    private static final String ACCEPTING = "HTTP-Dispatcher";
    /** However busy the machine is. */
    private static final Duration PATIENCE = Duration.ofSeconds(Patience.SECONDS);

    private final AtomicInteger exchanges = new AtomicInteger();

    private ServerStopper start(Watched server) {
        ServerStopper stopper = new ServerStopper(server, exchange -> exchanges.incrementAndGet(), PATIENCE);
        server.setExecutor(stopper);
        server.start();
        return stopper;
    }

    /** It closes what it has accepted and only then forgets it, which is safe if it is the one that would accept more. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void theThreadThatAcceptsStopsTheServer(String address) throws Exception {
        Watched server = new Watched(HttpServer.create(new InetSocketAddress(address, 0), 0));
        ServerStopper stopper = start(server);
        try (Socket open = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            stopper.stop();

            assertThat(open.getInputStream().read()).isNegative();
        }
        assertThat(server.stops)
                .containsExactly(ACCEPTING + " 0", Thread.currentThread().getName() + " 0");
        assertThat(exchanges).as("nothing is handled any more").hasValue(0);
        assertFree(server.port());
    }

    @Test
    void aServerThatCannotBeCalledHasASecondToAcceptNothingMore() throws Exception {
        Watched server = new Watched(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0));
        ServerStopper stopper = start(server);
        try (Socket nobody = new Socket()) {
            // Bound and not listening: a port at which calls are refused, and that nobody else can take.
            nobody.bind(new InetSocketAddress("127.0.0.1", 0));
            server.claims((InetSocketAddress) nobody.getLocalSocketAddress());

            stopper.stop();
        }
        assertThat(server.stops).containsExactly(Thread.currentThread().getName() + " 1");
        assertFree(server.port());
    }

    private static void assertFree(int port) throws IOException {
        try (ServerSocket next = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(next.isBound()).isTrue();
        }
    }

    /** A real server, and who stops it with how many seconds of delay. */
    private static final class Watched extends HttpServer {
        final List<String> stops = Collections.synchronizedList(new ArrayList<>());
        private final HttpServer server;
        private volatile InetSocketAddress claimed;

        Watched(HttpServer server) {
            this.server = server;
            this.claimed = server.getAddress();
        }

        int port() {
            return server.getAddress().getPort();
        }

        void claims(InetSocketAddress address) {
            claimed = address;
        }

        @Override
        public void stop(int delay) {
            stops.add(Thread.currentThread().getName() + " " + delay);
            server.stop(0);
        }

        @Override
        public InetSocketAddress getAddress() {
            return claimed;
        }

        @Override
        public void bind(InetSocketAddress address, int backlog) throws IOException {
            server.bind(address, backlog);
        }

        @Override
        public void start() {
            server.start();
        }

        @Override
        public void setExecutor(Executor executor) {
            server.setExecutor(executor);
        }

        @Override
        public Executor getExecutor() {
            return server.getExecutor();
        }

        @Override
        public HttpContext createContext(String path, HttpHandler handler) {
            return server.createContext(path, handler);
        }

        @Override
        public HttpContext createContext(String path) {
            return server.createContext(path);
        }

        @Override
        public void removeContext(String path) {
            server.removeContext(path);
        }

        @Override
        public void removeContext(HttpContext context) {
            server.removeContext(context);
        }
    }
}
