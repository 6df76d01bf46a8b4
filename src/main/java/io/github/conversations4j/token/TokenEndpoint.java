package io.github.conversations4j.token;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.source.WebhookReply;
import io.github.conversations4j.source.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a person's request for an access token: a function from request to reply, to be mounted in any web server.
 * {@snippet class="io.github.conversations4j.token.TokenEndpointTest" region="mount"}
 *
 * <p>Who gets which token is decided by the application's own authenticator and by nothing else: no parameter, header or
 * body is read here. The replies, none of which may be cached:
 *
 * <ul>
 *   <li>200 with {@code {"token": "…", "identity": "alice", "expiresAt": "2026-01-01T01:00:00Z"}}
 *   <li>401 if the authenticator knows nobody. It has no {@code WWW-Authenticate} header, since only the application
 *       knows how people sign in
 *   <li>405 for anything but GET and POST
 *   <li>500 without any detail if the authenticator fails, or names somebody whom Twilio would not take; the detail is in
 *       the log
 * </ul>
 *
 * <p>How long a token lives is up to the minter, see {@link TokenMinter#withTtl}. Immutable; thread-safe if the
 * authenticator is.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/create-tokens">Create Access Tokens for Conversations</a>
 */
public final class TokenEndpoint {
    private static final Logger log = LoggerFactory.getLogger(TokenEndpoint.class);

    private final TokenMinter minter;
    private final Authenticator authenticator;

    /** Tells who sent a request, by whatever the application signs people in with. */
    @FunctionalInterface
    public interface Authenticator {
        /**
         * Finds out who it is. Take the identity from what was verified (a session, a signed cookie, a bearer token), never
         * from what the sender just claims.
         *
         * @param request the request
         * @return the identity to give a token to; empty for somebody who is not signed in
         * @throws Exception if that can not be found out; nobody gets a token then
         */
        Optional<String> identify(WebhookRequest request) throws Exception;
    }

    /**
     * Makes an endpoint.
     *
     * @param minter makes the tokens
     * @param authenticator tells who sent a request
     */
    public TokenEndpoint(TokenMinter minter, Authenticator authenticator) {
        this.minter = minter;
        this.authenticator = authenticator;
    }

    /**
     * Answers a request. Takes as long as the authenticator does.
     *
     * @param request the request as it came
     * @return what to answer
     */
    public WebhookReply handle(WebhookRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("POST")) {
            return reply(405, error("only GET and POST"), Map.of("Allow", "GET, POST"));
        }
        try {
            Optional<String> identity = authenticator.identify(request);
            return identity.isPresent()
                    ? reply(200, body(minter.accessToken(identity.get())), Map.of())
                    : reply(401, error("not signed in"), Map.of());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failure(interrupted);
        } catch (Exception | Error failure) {
            return failure(failure);
        }
    }

    private static WebhookReply failure(Throwable failure) {
        log.error("A request for an access token got none, because the authenticator failed or named nobody", failure);
        return reply(500, error("no token"), Map.of());
    }

    private static ObjectNode body(AccessToken token) {
        Instant expiresAt = token.expiresAt();
        return JsonNodeFactory.instance
                .objectNode()
                .put("token", token.text())
                .put("identity", token.identity())
                .put("expiresAt", String.valueOf(expiresAt));
    }

    private static ObjectNode error(String what) {
        return JsonNodeFactory.instance.objectNode().put("error", what);
    }

    private static WebhookReply reply(int status, ObjectNode json, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("Content-Type", "application/json");
        headers.put("Cache-Control", "no-store");
        return new WebhookReply(status, headers, json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
