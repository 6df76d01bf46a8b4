package io.github.conversations4j.interop;

import io.github.conversations4j.tests.Patience;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network between a client and the emulator that breaks on request: whatever is on its way is lost, and both ends see a
 * connection that was reset. Thread-safe.
 */
final class Relay implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;

    private final int target;
    private final ServerSocket door;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private Relay(int target, ServerSocket door) {
        this.target = target;
        this.door = door;
    }

    /** Passes connections on to a port of this machine. */
    static Relay to(int port) {
        try {
            Relay relay = new Relay(port, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            relay.run("door", relay::serve);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                for (Socket socket : List.of(near, far)) {
                    socket.setTcpNoDelay(true);
                    // Closing resets: what was not sent yet is gone, as when a network breaks.
                    socket.setSoLinger(true, 0);
                    open.add(socket);
                }
                run("there", () -> pass(near, far));
                run("back", () -> pass(far, near));
            } catch (IOException e) {
                // The door was closed, or the emulator was: the client sees that nobody is there.
                continue;
            }
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                out.write(chunk, 0, read);
            }
        } catch (IOException broken) {
            return;
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** Breaks every connection there is now. */
    void cut() {
        open.forEach(Relay::close);
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String what, Runnable work) {
        Thread thread = new Thread(work, "conversations4j-interop-relay-" + what);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    public void close() {
        close(door);
        cut();
        threads.forEach(Patience::join);
    }
}
