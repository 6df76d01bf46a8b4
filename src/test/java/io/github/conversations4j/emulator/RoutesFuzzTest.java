package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that were bent out of shape, at every route that is no resource of Conversations. None is a server error. */
class RoutesFuzzTest {
    private static final long SEED = 20261129;
    private static final int REQUESTS = 3_000;
    private static final String JSON = "application/json";
    private static final Pattern VALUE = Pattern.compile("\"[^\"]*\"|[0-9.]+|(?<==)[^&]*");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e999",
            "99999999999999999999",
            "\"\"",
            "\" \"",
            "{}",
            "[]",
            "[{}]",
            "[".repeat(2_000),
            "\"CH00000000000000000000000000000000\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"general\"",
            "\"+15550001\"",
            "\"image/png; a=\\\"\u0001\\\"\"",
            "\"" + "x".repeat(40_000) + "\"");
    private static final List<String> TYPES = List.of(
            "",
            "text/plain",
            JSON,
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=b");

    private final ConversationsEmulator twilio = ConversationsEmulator.start();
    private final ControlClient http = new ControlClient();
    private final SplittableRandom random = new SplittableRandom(SEED);

    /** A request that is well as it is. */
    private record Shape(String method, String path, String type, String body) {}

    private List<Shape> shapes() {
        String media = "/v1/Services/" + twilio.serviceSid() + "/Media";
        List<Shape> shapes = new ArrayList<>(List.of(
                new Shape("GET", "/emulator/token?identity=alice", "", ""),
                new Shape("GET", "/emulator/webhooks?event=onMessageAdded&wait=0", "", ""),
                new Shape("GET", "/emulator/faults", "", ""),
                new Shape("DELETE", "/emulator/webhooks", "", ""),
                new Shape("GET", media + "/ME00000000000000000000000000000000", "", ""),
                new Shape("POST", media + "?Category=media&Filename=cat.png", "image/png", "meow"),
                new Shape("POST", media, "multipart/form-data; boundary=b", """
                        --b\r
                        Content-Disposition: form-data; name="file"; filename="cat.png"\r
                        Content-Type: image/png; a="1"\r
                        \r
                        meow\r
                        --b--\r
                        """),
                new Shape("POST", "/v2/token", "application/x-www-form-urlencoded", "grant_type=x&client_id=y")));
        shapes.addAll(jsonShapes(media));
        return shapes;
    }

    private static List<Shape> jsonShapes(String media) {
        return List.of(
                json("/emulator/act", "{'identity':'bob','conversation':'general','act':'says','text':'hi'}"),
                json("/emulator/act", "{'identity':'bob','conversation':'general','act':'reads','index':0}"),
                json("/emulator/act", "{'identity':'bob','act':'has_attributes','attributes':{'a':1}}"),
                json("/emulator/act", """
                        {'identity':'bob','conversation':'general','act':'sends','text':'hi','attributes':{'a':1},'subject':'x',
                         'content_sid':'HX00000000000000000000000000000000','content_variables':{'1':'y'},
                         'files':[{'base64':'bWVvdw==','content_type':'text/plain','filename':'cat.txt'}]}"""),
                json("/emulator/phone", "{'address':'+15550001','act':'texts','to':'+15559999','text':'hi'}"),
                json("/emulator/phone", "{'address':'+15550001','act':'fails','error_code':1}"),
                json("/emulator/seed", """
                        {'users':[{'identity':'alice','attributes':{'a':1}}],'conversations':[{'friendly_name':'x',
                         'participants':[{'identity':'alice','last_read_message_index':0}],'messages':[{'body':'hi'}]}]}"""),
                json(
                        "/emulator/faults",
                        "{'on':'webhooks','events':['onMessageAdded'],'share':0.5,'next':1,'fault':'drop'}"),
                json("/v1/Content", """
                        {'friendly_name':'x','language':'en','variables':{'1':'y'},'types':{'twilio/text':{'body':'hi {{1}}'}}}"""),
                json(media + "Set", "{'command':'get','list':[{'media_sid':'ME00000000000000000000000000000000'}]}"));
    }

    private static Shape json(String path, String body) {
        return new Shape("POST", path, JSON, body.replace('\'', '"'));
    }

    @AfterEach
    void end() {
        http.close();
        twilio.close();
    }

    @Test
    void nothing_breaks_the_emulator() throws IOException {
        System.out.println("RoutesFuzzTest: seed " + SEED + ", " + REQUESTS + " requests");
        http.as(twilio.accountSid(), twilio.authToken());
        List<Shape> shapes = shapes();
        for (Shape shape : shapes) {
            send(shape.method(), shape.path(), shape.type(), shape.body().getBytes(StandardCharsets.UTF_8));
        }
        int[] statuses = new int[500];
        for (int number = 0; number < REQUESTS; number++) {
            Shape shape = pick(shapes);
            String method = oneIn(20) ? pick(List.of("GET", "POST", "PUT", "DELETE")) : shape.method();
            String path = oneIn(8) ? bent(shape.path()) : shape.path();
            byte[] body = body(shape.body());
            String type = oneIn(15) ? pick(TYPES) : shape.type();
            int status = send(method, path, type, body);
            statuses[status]++;
        }
        assertThat(statuses[200] + statuses[201] + statuses[204])
                .as("some requests are well")
                .isGreaterThan(300);
        assertThat(statuses[400]).as("many are not").isGreaterThan(500);
        assertThat(http.get(twilio.url() + "/v1/Conversations").status()).isEqualTo(200);
    }

    private int send(String method, String path, String type, byte[] bytes) throws IOException {
        RequestBody body = method.equals("GET") ? null : RequestBody.create(bytes, MediaType.parse(type));
        int status = http.call(method, twilio.url() + path, body).status();
        assertThat(status)
                .as("seed %d: %s %s %s %s", SEED, method, path, type, new String(bytes, StandardCharsets.UTF_8))
                .isBetween(200, 499);
        return status;
    }

    private String bent(String path) {
        return oneIn(2) ? path + pick(List.of("/", "/x", "%", "%00", "&a=%", "?identity=%C3%28")) : replaced(path);
    }

    private byte[] body(String shape) {
        byte[] body = (oneIn(2) ? replaced(shape) : shape).getBytes(StandardCharsets.UTF_8);
        for (int flips = body.length > 0 && oneIn(4) ? 3 : 0; flips > 0; flips--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return oneIn(15) ? Arrays.copyOf(body, random.nextInt(body.length + 1)) : body;
    }

    /** Another value in the place of one that is there. */
    private String replaced(String text) {
        List<MatchResult> values = VALUE.matcher(text).results().toList();
        if (values.isEmpty()) {
            return text;
        }
        MatchResult value = pick(values);
        return text.substring(0, value.start()) + pick(VALUES) + text.substring(value.end());
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
