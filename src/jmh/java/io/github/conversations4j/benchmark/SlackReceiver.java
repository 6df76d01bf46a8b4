package io.github.conversations4j.benchmark;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.app_backend.SlackSignature;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.util.SlackRequestParser;
import com.slack.api.model.event.MessageEvent;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Slack's Bolt doing the same job on a message of like content: a raw request is verified (HMAC-SHA256), decoded and
 * given to one typed handler, with the middleware that Bolt brings. A server on loopback answers its {@code auth.test},
 * which Bolt remembers.
 */
final class SlackReceiver implements AutoCloseable {
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    static final String EVENT = """
            {"token":"z","team_id":"T00000001","api_app_id":"A00000001","type":"event_callback",\
            "event_id":"Ev00000001","event_time":1700000000,"authorizations":[{"enterprise_id":null,\
            "team_id":"T00000001","user_id":"U00000009","is_bot":true,"is_enterprise_install":false}],\
            "event":{"type":"message","channel":"C00000003","channel_type":"channel","user":"U00000002",\
            "client_msg_id":"00000000-0000-0000-0000-000000000004","text":"%s",\
            "ts":"1700000000.000200","event_ts":"1700000000.000200","team":"T00000001",\
            "metadata":{"event_type":"order","event_payload":%s}}}\
            """.formatted(WebhookPayload.TEXT, WebhookPayload.ATTRIBUTES);
    private static final String AUTH_TEST = "{\"ok\":true,\"url\":\"https://t.slack.com/\",\"team\":\"T\","
            + "\"user\":\"bot\",\"team_id\":\"T00000001\",\"user_id\":\"U00000009\",\"bot_id\":\"B00000009\"}";

    private final HttpServer slackApi;
    private final App app;
    private final SlackRequestParser parser;
    private final RequestHeaders headers;

    SlackReceiver(Consumer<String> consumer) throws IOException {
        slackApi = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slackApi.createContext("/", exchange -> {
            try (exchange) {
                byte[] answer = AUTH_TEST.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        slackApi.start();
        SlackConfig slackConfig = new SlackConfig();
        slackConfig.setMethodsEndpointUrlPrefix(
                "http://localhost:" + slackApi.getAddress().getPort() + "/");
        AppConfig config = AppConfig.builder()
                .slack(Slack.getInstance(slackConfig))
                .signingSecret(SECRET)
                .singleTeamBotToken("xoxb-benchmark")
                .build();
        app = new App(config);
        app.event(MessageEvent.class, (payload, context) -> {
            consumer.accept(payload.getEvent().getText());
            return context.ack();
        });
        app.start();
        parser = new SlackRequestParser(config);
        headers = new RequestHeaders(signed());
    }

    /** The headers of a request with {@link #EVENT}; Bolt takes them for five minutes. */
    static Map<String, List<String>> signed() {
        String timestamp = String.valueOf(System.currentTimeMillis() / 1000);
        return Map.of(
                "Content-Type",
                List.of("application/json"),
                SlackSignature.HeaderNames.X_SLACK_REQUEST_TIMESTAMP,
                List.of(timestamp),
                SlackSignature.HeaderNames.X_SLACK_SIGNATURE,
                List.of(new SlackSignature.Generator(SECRET).generate(timestamp, EVENT)));
    }

    App app() {
        return app;
    }

    /** The status of Bolt's answer. */
    int receive() throws Exception {
        return app.run(parser.parse(SlackRequestParser.HttpRequest.builder()
                        .requestUri("/slack/events")
                        .requestBody(EVENT)
                        .headers(headers)
                        .remoteAddress("127.0.0.1")
                        .build()))
                .getStatusCode();
    }

    @Override
    public void close() {
        app.stop();
        slackApi.stop(0);
    }
}
