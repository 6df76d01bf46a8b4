package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.http.Answer;
import io.github.conversations4j.internal.emulator.http.Incoming;
import io.github.conversations4j.internal.emulator.http.Route;
import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.wire.FormCodec;
import io.github.conversations4j.internal.wire.MalformedFormException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The REST API: finds the operation of a request, lets the caller in, reads the parameters, and writes what came of it or
 * Twilio's error body. Thread-safe.
 */
public final class RestApi implements Route {
    private static final String PREFIX = "/v1/";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json;charset=utf-8";
    private static final int MEDIA_TYPE = "application/json".length();
    private static final int LARGEST_FORM = 1024 * 1024;
    private static final int MOST_PARAMETERS = 1000;
    private static final FormCodec FORMS = new FormCodec(LARGEST_FORM, MOST_PARAMETERS);

    private final Twilio twilio;
    private final Doorman doorman;
    private final String linkBase;
    private final RouteTable table = new RouteTable();

    /**
     * Makes the API.
     *
     * @param twilio the state it works on
     * @param doorman says who may call
     * @param linkBase scheme and host in the addresses it gives, without a slash at the end
     */
    public RestApi(Twilio twilio, Doorman doorman, String linkBase) {
        this.twilio = twilio;
        this.doorman = doorman;
        this.linkBase = linkBase;
        ServiceResource.register(table);
        ConversationResource.register(table);
        MessageResource.register(table);
        ParticipantResource.register(table);
        UserResource.register(table);
        UserConversationResource.register(table);
        GroupConversationResource.register(table);
        ParticipantConversationResource.register(table);
        ReceiptResource.register(table);
        ScopedWebhookResource.register(table);
        RoleResource.register(table);
        BindingResource.register(table);
        ServiceConfigurationResource.register(table);
        ConfigurationResource.register(table);
        AddressResource.register(table);
        CredentialResource.register(table);
        ContentResource.register(table);
    }

    @Override
    public @Nullable Answer answer(Incoming request) {
        if (!owns(request.path())) {
            return null;
        }
        Answer answer;
        try {
            doorman.check(request.header("Authorization"));
            Result result = run(request);
            answer = result.body() == null ? Answer.of(result.status()) : json(result.status(), result.body());
        } catch (TwilioFault fault) {
            answer = refusal(fault);
        }
        return answer.with("Twilio-Request-Id", twilio.sids().next("RQ"));
    }

    /**
     * Says whether a path is one of the API.
     *
     * @param path the path of a request
     * @return whether it is
     */
    public static boolean owns(String path) {
        return path.startsWith(PREFIX);
    }

    /**
     * Writes Twilio's error body.
     *
     * @param fault what is refused
     * @return the answer
     */
    public static Answer refusal(TwilioFault fault) {
        ObjectNode body = Json.object();
        body.put("code", fault.code());
        body.put("message", fault.reason());
        body.put("more_info", "https://www.twilio.com/docs/errors/" + fault.code());
        body.put("status", fault.status());
        Answer answer = json(fault.status(), body);
        return fault.status() == 401 ? answer.with("WWW-Authenticate", "Basic realm=\"Twilio API\"") : answer;
    }

    private static Answer json(int status, ObjectNode body) {
        return Answer.of(status, JSON, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Result run(Incoming request) {
        List<String> segments = segments(request.path());
        RouteTable.Match match = table.find(segments);
        if (match == null) {
            throw TwilioFault.notFound(request.path().substring(PREFIX.length() - 1));
        }
        Operation operation = match.operations().get(request.method());
        if (operation == null) {
            throw new TwilioFault(405, 20004, "Method " + request.method() + " is not allowed here");
        }
        String named = match.path().get(RouteTable.SERVICE);
        ChatService service = named == null ? twilio.service() : twilio.service(named);
        boolean webhooks = "true".equalsIgnoreCase(request.header("X-Twilio-Webhook-Enabled"));
        return operation.run(new RestCall(
                twilio,
                service,
                new Links(linkBase, named == null ? "" : named),
                match.path(),
                segments.get(0).equals("Content") ? json(request) : parameters(request),
                Cause.rest(webhooks)));
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(PREFIX.length()).split("/", -1)) {
            try {
                segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw TwilioFault.invalid(Parameters.INVALID, "The path has a broken escape");
            }
        }
        return segments;
    }

    /** The Content API takes JSON; it goes on as one parameter. */
    private static Parameters json(Incoming request) {
        String type = String.valueOf(request.header("Content-Type"));
        if (!request.method().equals("POST") || !type.regionMatches(true, 0, JSON, 0, MEDIA_TYPE)) {
            return parameters(request);
        }
        String body = URLEncoder.encode(new String(request.body(), StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        try {
            return new Parameters(FORMS.decode(ContentResource.BODY + "=" + body));
        } catch (MalformedFormException e) {
            throw tooLarge();
        }
    }

    private static Parameters parameters(Incoming request) {
        try {
            if (!request.method().equals("POST")) {
                return new Parameters(FORMS.decode(request.query()));
            }
            if (request.cut()) {
                throw tooLarge();
            }
            String type = request.header("Content-Type");
            boolean form = type != null && type.regionMatches(true, 0, FORM, 0, FORM.length());
            if (request.body().length > 0 && !form) {
                throw new TwilioFault(415, Parameters.INVALID, "The body must be " + FORM);
            }
            return new Parameters(FORMS.decode(request.body()));
        } catch (MalformedFormException e) {
            throw e.reason() == MalformedFormException.Reason.TOO_LARGE
                    ? tooLarge()
                    : TwilioFault.invalid(Parameters.INVALID, String.valueOf(e.getMessage()));
        }
    }

    private static TwilioFault tooLarge() {
        return new TwilioFault(413, Parameters.INVALID, "The body must have at most " + LARGEST_FORM + " bytes");
    }
}
