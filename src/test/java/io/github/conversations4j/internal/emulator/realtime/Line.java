package io.github.conversations4j.internal.emulator.realtime;

import io.github.conversations4j.internal.emulator.http.Connection;
import io.github.conversations4j.internal.wire.Packet;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okio.ByteString;

/** The other end, which keeps what it is sent. */
class Line implements WebSocket, Connection {
    final List<ByteString> sent = new ArrayList<>();
    final Request request = new Request.Builder().url("http://127.0.0.1/").build();
    final Response response = new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_1_1)
            .code(101)
            .message("Switching Protocols")
            .build();
    final SocketSession session;
    boolean over;

    Line(Sockets sockets) {
        session = new SocketSession(sockets, this);
        session.onOpen(this, response);
    }

    @Override
    public void hangUp() {
        over = true;
    }

    @Override
    public void limit(long bytes) {}

    Packet last() {
        return Sockets.CODEC.decode(sent.get(sent.size() - 1).toByteArray());
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public long queueSize() {
        return 0;
    }

    @Override
    public boolean send(String text) {
        throw new AssertionError("packets are bytes");
    }

    @Override
    public boolean send(ByteString bytes) {
        sent.add(bytes);
        return true;
    }

    @Override
    public boolean close(int code, String reason) {
        over = true;
        return true;
    }

    @Override
    public void cancel() {
        over = true;
    }
}
