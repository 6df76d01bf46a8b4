package io.github.conversations4j.internal.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.internal.delivery.Delivery;
import io.github.conversations4j.internal.delivery.OrderLimits;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.hooks.HookThreads;
import io.github.conversations4j.internal.hooks.QueueLimits;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.internal.time.SystemScheduler;
import io.github.conversations4j.source.Draft;
import io.github.conversations4j.source.DraftType;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.source.RecordingSink;
import io.github.conversations4j.source.SourceContext;
import io.github.conversations4j.source.Verdict;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.source.WebhookRequest;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.testing.SignedWebhooks;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Rubbish of every kind, made of real requests, repeatable by its seed. */
class WebhookFuzzTest {
    private static final long SEED = 20260301;
    private static final String URL = "https://chat.example.com/twilio";
    private static final Set<Integer> STATUSES = Set.of(200, 400, 403, 405, 413);
    private static final Map<String, String> MESSAGE = message();

    private final RecordingSink sink = new RecordingSink();
    private final SplittableRandom random = new SplittableRandom(SEED);

    private static Map<String, String> message() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("ConversationSid", "CH0123456789abcdef0123456789abcdef");
        parameters.put("MessageSid", "IM0123456789abcdef0123456789abcdef");
        parameters.put("Index", "7");
        parameters.put("DateCreated", "2026-03-01T10:20:30.111Z");
        parameters.put("Body", "Grüße & 100% +1 😀");
        parameters.put("Author", "alice");
        parameters.put("Attributes", "{\"a\":[1,2,{\"b\":\"ö\"}]}");
        parameters.put("Media", "[{\"Sid\":\"ME1\",\"Size\":1}]");
        return parameters;
    }

    /** Up to the hooks, those that are asked before something happens included. */
    @Test
    void hundredThousandMutationsNeitherThrowNorPassUnverified() throws Exception {
        List<Object> called = new ArrayList<>();
        WebhookHandler handler = handler(called);
        SignedWebhooks twilio = SignedWebhooks.of(URL, "AC1", "token");
        List<WebhookRequest> seeds = seeds(twilio);
        int offered = 0;
        int asked = 0;
        for (int round = 0; round < 100_000; round++) {
            WebhookRequest mutation = mutated(seeds.get(random.nextInt(seeds.size())));

            WebhookReply reply = handler.handle(mutation);

            if (!STATUSES.contains(reply.status()) || reply.body().length > 0) {
                throw new AssertionError("seed %d round %d: %s answered %s".formatted(SEED, round, mutation, reply));
            }
            boolean isOffered = !sink.drain().isEmpty();
            boolean isAsked = called.stream().anyMatch(Draft.class::isInstance);
            offered += isOffered ? 1 : 0;
            asked += isAsked ? 1 : 0;
            if (isOffered || !called.isEmpty()) {
                called.clear();
                assertThat(reply.status()).isEqualTo(200);
                assertThat(isSigned(mutation))
                        .as("seed %d round %d: %s", SEED, round, mutation)
                        .isTrue();
            }
        }
        // Some mutations hurt nothing, such as another order of parameters; most do.
        assertThat(offered).isBetween(1_000, 50_000);
        assertThat(asked).isBetween(500, 25_000);
        Map<String, String> next = new LinkedHashMap<>(MESSAGE);
        next.put("MessageSid", "IM0123456789abcdef0123456789abcde0");
        next.put("Index", "8");
        assertThat(handler.handle(twilio.request("onMessageAdded", next)).status())
                .isEqualTo(200);
        assertThat(called)
                .as("what comes after all the rubbish")
                .singleElement()
                .isInstanceOf(MessageAdded.class);
    }

    /** With everything behind it that a client has there; hooks run on the spot. */
    private WebhookHandler handler(List<Object> called) {
        ManualTime time = new ManualTime();
        Surroundings surroundings = new Surroundings(time, time, new Random(SEED));
        Dispatcher dispatcher =
                new Dispatcher(new HookThreads(Runnable::run, surroundings), QueueLimits.DEFAULT, List.of(), report -> {
                    throw new AssertionError(report.what(), report.cause());
                });
        EventType.all().forEach(type -> dispatcher.register(type, null, called::add));
        sink.answer(new Delivery(dispatcher, OrderLimits.DEFAULT, surroundings)::offer);
        Decisions decisions = new Decisions(Runnable::run, (what, cause) -> {
            throw new AssertionError(what, cause);
        });
        decisions.register(DraftType.MESSAGE_ADDED, draft -> {
            called.add(draft);
            return Verdict.accept();
        });
        return new WebhookHandler(
                EventSources.webhook(URL).maxBodyBytes(4096).maxParameters(40),
                URL,
                new WebhookAccount("AC1", List.of("token"), null),
                sink,
                decisions,
                time);
    }

    @Test
    void rubbishOnTheWireCostsNoThread() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (SystemScheduler scheduler = new SystemScheduler("fuzz")) {
            WebhookConnection connection = WebhookConnection.open(
                    EventSources.webhook("http://127.0.0.1:0/twilio")
                            .port(0)
                            .bindAddress("127.0.0.1")
                            .maxBodyBytes(4096)
                            .readTimeout(Duration.ofSeconds(30)),
                    new WebhookAccount("AC1", List.of("token"), null),
                    Decisions.nobody(),
                    new SourceContext(sink, Clock.systemUTC(), scheduler, random, threads));
            connection.ready().toCompletableFuture().join();
            int port = URI.create(connection.publicUrl()).getPort();
            List<WebhookRequest> seeds = seeds(SignedWebhooks.of(connection.publicUrl(), "AC1", "token"));
            for (int round = 0; round < 500; round++) {
                WebhookRequest seed = seeds.get(random.nextInt(seeds.size()));
                sendRubbish(port, mutated(WebhookSender.text(seed), 1 + random.nextInt(4)));
            }
            sink.drain();

            // A thread that was lost would be missed by one of these.
            for (int i = 0; i < 8; i++) {
                try (WebhookSender sender = new WebhookSender(port)) {
                    assertThat(sender.exchange(seeds.get(0))).startsWith("HTTP/1.1 200 ");
                }
                assertThat(sink.next(MessageAdded.class).message().index()).isEqualTo(7);
            }
            connection.close(Duration.ofSeconds(5)).toCompletableFuture().get(10, TimeUnit.SECONDS);
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void sendRubbish(int port, String bytes) throws IOException {
        try (WebhookSender sender = new WebhookSender(port)) {
            try {
                sender.send(bytes);
                sender.endOutput();
                sender.reply();
            } catch (IOException | RuntimeException closedOrNoReply) {
                // What comes back does not matter here, only that the next one is served.
                assertThat(closedOrNoReply).isNotNull();
            }
        }
    }

    private static List<WebhookRequest> seeds(SignedWebhooks twilio) {
        List<WebhookRequest> seeds = new ArrayList<>();
        for (SignedWebhooks transport : List.of(twilio, twilio.asGet(), twilio.asJson())) {
            seeds.add(transport.request("onMessageAdded", MESSAGE));
            seeds.add(transport.request("onMessageAdd", MESSAGE));
            seeds.add(transport.request("onSomethingNew", MESSAGE));
        }
        return seeds;
    }

    private WebhookRequest mutated(WebhookRequest request) {
        String method = request.method();
        String target = request.target();
        String body = new String(request.body(), ISO_8859_1);
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, values) -> headers.put(name, values.get(0)));
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            switch (random.nextInt(8)) {
                case 0 -> method = random.nextBoolean() ? mutated(method, 1) : random.nextBoolean() ? "GET" : "POST";
                case 1 -> target = mutated(target, 1);
                case 2 -> target = shuffled(target);
                case 3 -> body = shuffled(body);
                case 4 -> headers.replaceAll((name, value) -> random.nextInt(6) == 0 ? mutated(value, 1) : value);
                case 5 -> headers.remove(List.copyOf(headers.keySet()).get(random.nextInt(headers.size())));
                default -> body = mutated(body, 1);
            }
            if (headers.isEmpty()) {
                headers.put("Accept", "*/*");
            }
        }
        WebhookRequest.Builder builder = WebhookRequest.builder(method, target).body(body.getBytes(ISO_8859_1));
        headers.forEach(builder::header);
        return builder.build();
    }

    /** Cut, doubled, removed, inserted or replaced somewhere. */
    private String mutated(String text, int times) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(mutated.length() + 1);
            int end = Math.min(mutated.length(), at + random.nextInt(1, 12));
            switch (random.nextInt(6)) {
                case 0 -> mutated.setLength(at);
                case 1 -> mutated.insert(at, mutated.substring(at, end));
                case 2 -> mutated.delete(at, end);
                case 3 -> mutated.insert(at, "&=%+?#\r\n\u0000\u00ff{[\":".charAt(random.nextInt(14)));
                case 4 -> mutated.insert(at, (char) random.nextInt(256));
                default -> mutated.replace(at, Math.min(end, at + 1), String.valueOf((char) random.nextInt(256)));
            }
        }
        return mutated.toString();
    }

    /** Two parameters exchange their places. */
    private String shuffled(String text) {
        int query = text.startsWith("/") ? text.indexOf('?') + 1 : 0;
        List<String> parts = new ArrayList<>(List.of(text.substring(query).split("&", -1)));
        String moved = parts.remove(random.nextInt(parts.size()));
        parts.add(random.nextInt(parts.size() + 1), moved);
        return text.substring(0, query) + String.join("&", parts);
    }

    /** Checks as Twilio describes it, with the means of the JDK only. */
    private static boolean isSigned(WebhookRequest request) throws Exception {
        String query = request.query();
        List<String> urls = new ArrayList<>();
        for (String url : List.of(URL, "https://chat.example.com:443/twilio")) {
            urls.add(url);
            urls.add(url + "?" + query);
        }
        String signed = "";
        if (request.method().equals("POST")) {
            if (String.valueOf(request.header("Content-Type")).toLowerCase().startsWith("application/json")) {
                String hash = HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest(request.body()));
                if (query == null || !query.toLowerCase().contains("bodysha256=" + hash)) {
                    return false;
                }
            } else {
                signed = sorted(new String(request.body(), UTF_8));
            }
        }
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec("token".getBytes(UTF_8), "HmacSHA1"));
        for (String url : urls) {
            byte[] expected = mac.doFinal((url + signed).getBytes(UTF_8));
            if (Base64.getEncoder().encodeToString(expected).equals(request.header("X-Twilio-Signature"))) {
                return true;
            }
        }
        return false;
    }

    private static String sorted(String form) {
        TreeMap<String, TreeSet<String>> parameters = new TreeMap<>();
        for (String part : form.split("&")) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            if (!part.isEmpty()) {
                parameters
                        .computeIfAbsent(URLDecoder.decode(name, UTF_8), absent -> new TreeSet<>())
                        .add(URLDecoder.decode(value, UTF_8));
            }
        }
        StringBuilder text = new StringBuilder();
        parameters.forEach(
                (name, values) -> values.forEach(value -> text.append(name).append(value)));
        return text.toString();
    }
}
