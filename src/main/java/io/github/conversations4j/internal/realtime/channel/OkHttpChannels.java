package io.github.conversations4j.internal.realtime.channel;

import io.github.conversations4j.internal.wire.ReadBudget;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Channels over OkHttp. The given client lends its settings and its connection pool and stays the caller's; the threads
 * are ours, one per open channel, named and daemon.
 */
public final class OkHttpChannels implements ChannelFactory {
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    private static final int NORMAL_CLOSURE = 1000;
    private static final int HANDSHAKE_AND_FRAMES = 64 * 1024;

    private final OkHttpClient client;
    private final ExecutorService readers;
    private final Request request;
    private final long budget;

    /**
     * Makes channels to one address.
     *
     * @param base whose settings apply
     * @param address {@code wss://…} or {@code ws://…}
     * @param maxMessage the largest message that is accepted, in bytes
     */
    public OkHttpChannels(OkHttpClient base, String address, int maxMessage) {
        this.request = new Request.Builder().url(address).build();
        this.budget = 2L * maxMessage + HANDSHAKE_AND_FRAMES;
        this.readers = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), OkHttpChannels::thread);
        this.client = base.newBuilder()
                .dispatcher(new Dispatcher(readers))
                .addInterceptor(OkHttpChannels::uncompressed)
                .followRedirects(false)
                .followSslRedirects(false)
                // Whoever dials gives up what takes too long or falls silent. Limits of OkHttp's would start and stop a
                // timer for each frame.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .build();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "conversations4j-realtime");
        thread.setDaemon(true);
        return thread;
    }

    /** OkHttp would unpack whatever a small message grows to. */
    private static Response uncompressed(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(
                chain.request().newBuilder().removeHeader(EXTENSIONS).build());
        return response.newBuilder().removeHeader(EXTENSIONS).build();
    }

    @Override
    public Channel dial(ChannelListener listener) {
        ReadBudget readBudget = new ReadBudget();
        readBudget.renew(budget);
        OkHttpClient.Builder builder = client.newBuilder();
        boolean counts = client.socketFactory() == SocketFactory.getDefault();
        Relay relay = new Relay(listener, () -> readBudget.renew(budget), counts);
        if (counts) {
            builder.socketFactory(new CountingSockets(readBudget, relay::aboutToRead));
        }
        return new OkHttpChannel(builder.build(), request, relay);
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        readers.shutdown();
    }

    private static final class OkHttpChannel implements Channel {
        private final WebSocket socket;

        OkHttpChannel(OkHttpClient client, Request request, Relay relay) {
            this.socket = client.newWebSocket(request, relay);
        }

        @Override
        public boolean send(byte[] message) {
            return socket.send(ByteString.of(message));
        }

        @Override
        public void close() {
            socket.close(NORMAL_CLOSURE, null);
        }

        @Override
        public void cancel() {
            socket.cancel();
        }
    }

    /** Makes one terminal call of OkHttp's several. */
    private static final class Relay extends WebSocketListener {
        private final ChannelListener listener;
        private final Runnable renewBudget;
        private final boolean hearsOfReading;
        private final AtomicBoolean ended = new AtomicBoolean();

        /** Read and written by the thread that reads. */
        private boolean told;

        Relay(ChannelListener listener, Runnable renewBudget, boolean hearsOfReading) {
            this.listener = listener;
            this.renewBudget = renewBudget;
            this.hearsOfReading = hearsOfReading;
        }

        /** Not only for frames: the handshake is read too, and by another thread. */
        void aboutToRead() {
            if (told) {
                told = false;
                listener.caughtUp();
            }
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            renewBudget.run();
            listener.opened();
        }

        @Override
        public void onMessage(WebSocket socket, ByteString bytes) {
            renewBudget.run();
            listener.received(bytes.toByteArray());
            told = true;
            if (!hearsOfReading) {
                aboutToRead();
            }
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            renewBudget.run();
            listener.receivedText();
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(NORMAL_CLOSURE, null);
            end(code == NORMAL_CLOSURE ? null : new IOException("the other side closed the websocket, code " + code));
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            end(null);
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
            end(
                    response == null || response.code() == 101
                            ? failure
                            : new IOException(
                                    "the websocket was refused with HTTP status " + response.code(), failure));
        }

        private void end(@Nullable Throwable failure) {
            if (ended.compareAndSet(false, true)) {
                listener.ended(failure);
            }
        }
    }
}
