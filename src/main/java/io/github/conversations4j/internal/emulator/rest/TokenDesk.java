package io.github.conversations4j.internal.emulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.http.Answer;
import io.github.conversations4j.internal.emulator.http.Incoming;
import io.github.conversations4j.internal.emulator.http.Route;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.wire.Form;
import io.github.conversations4j.internal.wire.FormCodec;
import io.github.conversations4j.internal.wire.Jwt;
import io.github.conversations4j.internal.wire.JwtKey;
import io.github.conversations4j.internal.wire.MalformedFormException;
import io.github.conversations4j.internal.wire.MalformedJwtException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The route of {@code oauth.twilio.com} that gives bearer tokens to OAuth clients, and the judge of those tokens.
 * Immutable.
 *
 * <p>Known are the path, the parameters, {@code access_token}, {@code token_type}, {@code expires_in} and that the token is
 * a JWT with an {@code exp}. Made up are its other claims, its signature (HS256 with the secret of the client) and what is
 * answered to a wrong client (401 with 20003) or another grant (400).
 */
public final class TokenDesk implements Route {
    private static final String PATH = "/v2/token";
    private static final Duration LIFE = Duration.ofHours(1);
    private static final FormCodec FORMS = new FormCodec(16_384, 20);

    /**
     * Who may have tokens. Hidden from {@link #toString}.
     *
     * @param accountSid whose account
     * @param id the client id
     * @param secret its secret
     */
    public record Client(String accountSid, String id, String secret) {
        @Override
        public String toString() {
            return "Client[" + id + "]";
        }
    }

    private final Client client;
    private final JwtKey key;
    private final InstantSource clock;
    private final Supplier<String> ids;

    /**
     * Makes a desk.
     *
     * @param client the only one that gets tokens
     * @param clock what time it is
     * @param ids makes each token another
     */
    public TokenDesk(Client client, InstantSource clock, Supplier<String> ids) {
        this.client = client;
        this.key = JwtKey.of(client.secret());
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public @Nullable Answer answer(Incoming request) {
        if (!request.path().equals(PATH)) {
            return null;
        }
        try {
            if (!request.method().equals("POST")) {
                throw new TwilioFault(405, 20004, "Method " + request.method() + " is not allowed here");
            }
            return grant(form(request));
        } catch (TwilioFault fault) {
            return RestApi.refusal(fault);
        }
    }

    private static Form form(Incoming request) {
        try {
            return FORMS.decode(request.body());
        } catch (MalformedFormException e) {
            throw TwilioFault.invalid(Parameters.INVALID, String.valueOf(e.getMessage()));
        }
    }

    private Answer grant(Form form) {
        if (!"client_credentials".equals(form.first("grant_type"))) {
            throw TwilioFault.invalid(Parameters.INVALID, "grant_type must be client_credentials");
        }
        boolean idKnown = equal(client.id(), form.first("client_id"));
        boolean secretKnown = equal(client.secret(), form.first("client_secret"));
        if (!idKnown || !secretKnown) {
            throw new TwilioFault(401, 20003, "Authenticate");
        }
        ObjectNode body = Json.object()
                .put("access_token", token())
                .put("token_type", "Bearer")
                .put("expires_in", LIFE.toSeconds());
        body.putNull("refresh_token").putNull("id_token");
        return Answer.of(200, "application/json", body.toString().getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store");
    }

    private static boolean equal(String secret, @Nullable String given) {
        byte[] bytes = given == null ? new byte[0] : given.getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), bytes);
    }

    private String token() {
        Instant now = clock.instant();
        ObjectNode claims = Json.object()
                .put("jti", ids.get())
                .put("iss", client.id())
                .put("sub", client.accountSid())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond());
        return Jwt.write(Json.object().put("typ", "JWT"), claims, key);
    }

    /**
     * Judges a bearer token.
     *
     * @param bearer what claims to be one
     * @return whether this desk gave it, and it is still good
     */
    public boolean vouchesFor(String bearer) {
        try {
            Jwt token = Jwt.read(bearer);
            Instant expiry = token.time("exp");
            return token.isSignedWith(key) && expiry != null && expiry.isAfter(clock.instant());
        } catch (MalformedJwtException e) {
            return false;
        }
    }
}
