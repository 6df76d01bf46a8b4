package io.github.conversations4j.internal.emulator.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.http.Answer;
import io.github.conversations4j.internal.emulator.http.Incoming;
import io.github.conversations4j.internal.emulator.http.Route;
import io.github.conversations4j.internal.emulator.rest.Doorman;
import io.github.conversations4j.internal.emulator.rest.RestApi;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.StoredMedia;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.wire.AccessTokenClaims;
import io.github.conversations4j.internal.wire.Form;
import io.github.conversations4j.internal.wire.FormCodec;
import io.github.conversations4j.internal.wire.MalformedFormException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The media service below {@code /v1/Services/{IS}/Media}: upload, lookup, many at once, and the bytes. Thread-safe.
 *
 * <p>Comes in with the credentials of the account, or with an access token in {@code X-Twilio-Token}; the bytes also by
 * a temporary link. Choices where nothing is documented: a token of the service opens every file of the service,
 * whoever uploaded it; a link that is expired or not ours is answered 403.
 */
public final class MediaService implements Route {
    private static final Pattern PATH = Pattern.compile(
            "/v1/Services/(IS[0-9a-fA-F]{32})/(?:(MediaSet)|Media(?:/(ME[0-9a-fA-F]{32})(/Content)?)?)/?");
    private static final FormCodec QUERY = new FormCodec(16 * 1024, 100);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REST_AUTHOR = "sender";
    private static final int MOST_AT_ONCE = 1000;

    private final Twilio twilio;
    private final Doorman doorman;
    private final Function<String, @Nullable AccessTokenClaims> tokens;
    private final TemporaryLinks links;
    private final String url;

    /**
     * How long a temporary link is good, and by which clock.
     *
     * @param random where the key comes from that signs links
     * @param lifetime how long a link is good
     * @param clock what time it is
     */
    public record Expiry(RandomGenerator random, Duration lifetime, InstantSource clock) {}

    /**
     * Opens the service.
     *
     * @param twilio the account
     * @param doorman knows the credentials of the account
     * @param tokens reads an access token; gives null for one that does not let in
     * @param expiry when temporary links end
     * @param url the emulator's own address
     */
    public MediaService(
            Twilio twilio,
            Doorman doorman,
            Function<String, @Nullable AccessTokenClaims> tokens,
            Expiry expiry,
            String url) {
        this.twilio = twilio;
        this.doorman = doorman;
        this.tokens = tokens;
        this.links = new TemporaryLinks(expiry.random, expiry.lifetime, expiry.clock);
        this.url = url;
    }

    /**
     * Says whether a path belongs to this service.
     *
     * @param path the path of a request
     * @return whether it does
     */
    public static boolean owns(String path) {
        return PATH.matcher(path).matches();
    }

    @Override
    public @Nullable Answer answer(Incoming request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return null;
        }
        try {
            Form query = QUERY.decode(request.query());
            String sid = path.group(3);
            if (path.group(4) != null && query.first("Signature") != null) {
                return linked(request, query, path.group(1), sid);
            }
            Caller caller = admit(request, path.group(1));
            if (path.group(2) != null) {
                return method(request, "POST", () -> many(caller.service, request));
            } else if (sid == null) {
                return method(request, "POST", () -> upload(caller, request, query));
            } else if (path.group(4) != null) {
                return method(request, "GET", () -> bytes(caller.service, sid));
            }
            return method(
                    request,
                    "GET",
                    () -> json(200, file(caller.service, caller.service.media().get(sid))));
        } catch (TwilioFault fault) {
            return RestApi.refusal(fault);
        } catch (MalformedFormException e) {
            return RestApi.refusal(TwilioFault.invalid(20422, "The query is broken: " + e.getMessage()));
        }
    }

    /** Who calls, and which service is meant. */
    private record Caller(ChatService service, String name) {}

    private Caller admit(Incoming request, String serviceSid) {
        String token = request.header("X-Twilio-Token");
        if (token == null) {
            doorman.check(request.header("Authorization"));
            return new Caller(twilio.service(serviceSid), REST_AUTHOR);
        }
        AccessTokenClaims claims = tokens.apply(token);
        if (claims == null || !claims.serviceSid().equals(serviceSid)) {
            throw new TwilioFault(401, 20101, "Invalid Access Token");
        }
        return new Caller(twilio.service(serviceSid), claims.identity());
    }

    private static Answer method(Incoming request, String allowed, Supplier<Answer> operation) {
        if (!request.method().equals(allowed)) {
            throw new TwilioFault(405, 20004, "Method " + request.method() + " is not allowed here");
        }
        return operation.get();
    }

    private Answer upload(Caller caller, Incoming request, Form query) {
        if (request.cut()) {
            throw new TwilioFault(413, 50512, "The media file is too large");
        }
        StoredMedia made = caller.service.media().add(Cause.rest(false), Uploads.read(request, query, caller.name));
        return json(201, file(caller.service, made));
    }

    private Answer many(ChatService service, Incoming request) {
        JsonNode body = body(request);
        if (!"get".equals(body.path("command").textValue())
                || !body.path("list").isArray()) {
            throw TwilioFault.invalid(20422, "The body must have the command get and a list");
        }
        if (body.path("list").size() > MOST_AT_ONCE) {
            throw TwilioFault.invalid(20422, "The list must have at most " + MOST_AT_ONCE + " entries");
        }
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        for (JsonNode wanted : body.path("list")) {
            ObjectNode entry = found.addObject();
            try {
                StoredMedia file = service.media().get(wanted.path("media_sid").asText());
                entry.put("code", 200).set("media_record", file(service, file));
            } catch (TwilioFault fault) {
                entry.put("code", fault.status()).putNull("media_record");
            }
        }
        return json(200, found);
    }

    private static JsonNode body(Incoming request) {
        try {
            return JSON.readTree(request.body());
        } catch (IOException e) {
            throw TwilioFault.invalid(20422, "The body must be JSON");
        }
    }

    private Answer linked(Incoming request, Form query, String serviceSid, String sid) {
        String expires = String.valueOf(query.first("Expires"));
        String signature = String.valueOf(query.first("Signature"));
        if (!links.opens(request.path(), expires, signature)) {
            return Answer.text(403, "This link has expired, or is none of ours");
        }
        return method(request, "GET", () -> bytes(twilio.service(serviceSid), sid));
    }

    // What was uploaded must not run as a page of the emulator, whatever type it claims.
    private static Answer bytes(ChatService service, String sid) {
        StoredMedia file = service.media().get(sid);
        Answer answer = Answer.of(200, file.contentType(), service.media().content(sid))
                .with("X-Content-Type-Options", "nosniff")
                .with("Content-Security-Policy", "sandbox");
        String name = file.filename();
        return name == null ? answer : answer.with("Content-Disposition", disposition(name));
    }

    private static String disposition(String name) {
        return "inline; filename*=UTF-8''"
                + URLEncoder.encode(name, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A");
    }

    private ObjectNode file(ChatService service, StoredMedia file) {
        String path = "/v1/Services/" + service.sid() + "/Media/" + file.sid();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("sid", file.sid())
                .put("account_sid", twilio.accountSid())
                .put("service_sid", service.sid())
                .put("channel_sid", file.conversationSid())
                .put("message_sid", file.messageSid())
                .put("date_created", file.dateCreated().toString())
                .put("date_updated", file.dateUpdated().toString())
                .put("date_upload_updated", file.dateCreated().toString())
                .put("size", file.size())
                .put("content_type", file.contentType())
                .put("filename", file.filename())
                .put("category", file.category())
                .put("author", file.author())
                .put("is_multipart_upstream", false)
                .put("url", url + path);
        String content = path + "/Content";
        json.putObject("links")
                .put("content", url + content)
                .put("content_direct_temporary", url + content + "?" + links.query(content));
        return json;
    }

    private static Answer json(int status, JsonNode body) {
        return Answer.of(
                status, "application/json;charset=utf-8", body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
