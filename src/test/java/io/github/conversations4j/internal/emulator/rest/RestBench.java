package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.conversations4j.internal.emulator.http.Answer;
import io.github.conversations4j.internal.emulator.http.Connection;
import io.github.conversations4j.internal.emulator.http.Incoming;
import io.github.conversations4j.internal.emulator.rest.Doorman.Login;
import io.github.conversations4j.internal.emulator.state.Behaviour;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.testing.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import okhttp3.Credentials;
import okhttp3.Headers;

/** A REST API over a fresh account with manual time, called without a server in between. */
final class RestBench {
    /** What carries requests that come over no connection. */
    private static final Connection NOBODY = new Connection() {
        @Override
        public void hangUp() {}

        @Override
        public void limit(long bytes) {}
    };

    static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    static final String SERVICE = "IS0123456789abcdef0123456789abcdef";
    static final String AUTHORIZATION = Credentials.basic(ACCOUNT, "token");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    final ManualTime time = new ManualTime();
    final Twilio twilio;
    final RestApi api;

    RestBench() {
        this(Behaviour.DEFAULT);
    }

    RestBench(Behaviour behaviour) {
        twilio = new Twilio(ACCOUNT, SERVICE, behaviour, time, time, new SplittableRandom(1));
        api = new RestApi(
                twilio,
                new Doorman(List.of(new Login(ACCOUNT, "token")), "bearer"::equals),
                "https://conversations.twilio.com");
    }

    /** What came back. */
    record Reply(int status, JsonNode json, Headers headers) {
        String text(String member) {
            return json.path(member).textValue();
        }

        int code() {
            return json.path("code").intValue();
        }
    }

    Reply get(String path) {
        int question = path.indexOf('?');
        return send(
                "GET",
                question < 0 ? path : path.substring(0, question),
                question < 0 ? "" : path.substring(question + 1),
                new byte[0],
                Headers.of("Authorization", AUTHORIZATION));
    }

    /** Posts a form of names and values, one after the other. */
    Reply post(String path, String... form) {
        return send(
                "POST",
                path,
                "",
                form(form).getBytes(StandardCharsets.UTF_8),
                Headers.of(
                        "Authorization",
                        AUTHORIZATION,
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "X-Twilio-Webhook-Enabled",
                        "true"));
    }

    Reply delete(String path) {
        return send("DELETE", path, "", new byte[0], Headers.of("Authorization", AUTHORIZATION));
    }

    Reply send(String method, String path, String query, byte[] body, Headers headers) {
        Answer answer =
                Objects.requireNonNull(api.answer(new Incoming(method, path, query, headers, body, false, NOBODY)));
        try {
            JsonNode json = answer.body().length == 0 ? MissingNode.getInstance() : MAPPER.readTree(answer.body());
            return new Reply(answer.status(), json, answer.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String form(String... namesAndValues) {
        StringJoiner form = new StringJoiner("&");
        for (int at = 0; at < namesAndValues.length; at += 2) {
            form.add(escape(namesAndValues[at]) + "=" + escape(namesAndValues[at + 1]));
        }
        return form.toString();
    }

    static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
