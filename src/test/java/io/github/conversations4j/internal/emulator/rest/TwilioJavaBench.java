package io.github.conversations4j.internal.emulator.rest;

import com.twilio.base.Reader;
import com.twilio.base.Resource;
import com.twilio.base.ResourceSet;
import com.twilio.http.TwilioRestClient;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.WriteLimits;
import io.github.conversations4j.internal.emulator.http.LocalServer;
import io.github.conversations4j.internal.emulator.http.Routes;
import io.github.conversations4j.internal.emulator.state.Bindings;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.Receipts;
import io.github.conversations4j.internal.emulator.state.StoredReceipt;
import io.github.conversations4j.internal.rest.RestClient;
import io.github.conversations4j.internal.rest.RestOptions;
import io.github.conversations4j.internal.rest.RestRuntime;
import io.github.conversations4j.model.DeliveryStatus;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The official helper library on a running emulator. */
final class TwilioJavaBench implements AutoCloseable {
    final RestBench rest = new RestBench();
    final String service = RestBench.SERVICE;
    final TwilioRestClient client;

    private final LocalServer server =
            new LocalServer(InetAddress.getLoopbackAddress(), 0, 1 << 20, new Routes().add(rest.api));
    private final RestClient carrier;

    TwilioJavaBench() {
        carrier = new RestClient(
                Credentials.builder(RestBench.ACCOUNT).authToken("token").build(),
                RestOptions.builder()
                        .baseUrl("http://127.0.0.1:" + server.port())
                        .writeLimits(WriteLimits.none())
                        .build(),
                new RestRuntime(rest.time, rest.time, new SplittableRandom(1), Runnable::run));
        client = carrier.twilio();
    }

    ChatService state() {
        return rest.twilio.service();
    }

    /** Reads a list two at a time, over all pages. */
    <T extends Resource, R> List<R> inPairs(Reader<T> reader, Function<T, R> what) {
        ResourceSet<T> all = reader.pageSize(2).read(client);
        List<R> found = new ArrayList<>();
        all.forEach(item -> found.add(what.apply(item)));
        return found;
    }

    StoredReceipt receipt(String conversation, String message, String participant) {
        return state().receipts()
                .report(
                        Cause.channel("sms", "+15550000"),
                        new Receipts.Report(conversation, message, participant, DeliveryStatus.READ, 0));
    }

    String binding(String identity) {
        return state().bindings()
                .register(
                        Cause.sdk(identity),
                        new Bindings.Registration(identity, "phone", "fcm", null, List.of("new_message")))
                .sid();
    }

    @Override
    public void close() {
        carrier.close();
        server.close();
    }
}
