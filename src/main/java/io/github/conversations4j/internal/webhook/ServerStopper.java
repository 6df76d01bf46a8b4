package io.github.conversations4j.internal.webhook;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops an HTTP server of the JDK so that no connection stays open. Is its executor and hands exchanges on. Thread-safe.
 *
 * <p>To stop, the server closes the connections that it knows, and then forgets them; one that its own thread accepts
 * between the two stays open for ever (17 and 25 do it alike). So it is that thread that stops the server: meanwhile it
 * accepts nothing, and afterwards it ends. It runs code of ours only for an exchange, so we bring one about ourselves.
 */
final class ServerStopper implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(ServerStopper.class);
    static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int ANYTHING = ' ';

    private final HttpServer server;
    private final Executor exchanges;
    private final int patienceMillis;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean stopping;

    /**
     * For a server whose executor it is going to be.
     *
     * @param exchanges runs exchanges until the server is stopped
     * @param patience how long the thread that accepts connections may take to stop it; {@link #PATIENCE} if in doubt
     */
    ServerStopper(HttpServer server, Executor exchanges, Duration patience) {
        this.server = server;
        this.exchanges = exchanges;
        this.patienceMillis = (int) patience.toMillis();
    }

    /** Called by the thread of the server that accepts connections, and by no other. */
    @Override
    public void execute(Runnable exchange) {
        if (!stopping) {
            exchanges.execute(exchange);
            return;
        }
        server.stop(0);
        stopped.countDown();
        // Upon this the server closes the connection that the exchange would have been on.
        throw new RejectedExecutionException("the receiver stops");
    }

    /** Stops the server, which must have been started, closes its connections and waits until its thread has ended. */
    void stop() {
        stopping = true;
        // Where it could not be reached, a second in which it accepts nothing more has to do.
        server.stop(stopsItself() ? 0 : 1);
    }

    private boolean stopsItself() {
        try (Socket caller = new Socket()) {
            caller.connect(reachable(server.getAddress()), patienceMillis);
            caller.getOutputStream().write(ANYTHING);
            return stopped.await(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            // Somebody else may have brought the exchange about.
            LOG.debug("the receiver could not be called to stop it", e);
            return stopped.getCount() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** An address to call; that of a server which listens on all of them is none. */
    private static InetSocketAddress reachable(InetSocketAddress bound) {
        return bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort())
                : bound;
    }
}
