package io.github.conversations4j.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.error.AccessDeniedException;
import io.github.conversations4j.error.ApiError;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.error.TwilioApiException;
import io.github.conversations4j.internal.api.Refusals;
import io.github.conversations4j.internal.wire.FormCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Fetches bearer tokens for an OAuth client, by the grant that is called client credentials. Immutable.
 *
 * <p>Known from the documentation and from the SDK: {@code POST https://oauth.twilio.com/v2/token}, outside of all
 * regions, with {@code client_id}, {@code client_secret} and {@code grant_type} as a form and without other credentials;
 * the answer's {@code access_token}, {@code token_type} and {@code expires_in}. Tried by nobody against the real one: what
 * it answers to a wrong client (here 400, 401 and 403 all mean that), and whether {@code expires_in} is always there.
 *
 * @see <a href="https://www.twilio.com/docs/iam/oauth-apps">OAuth apps</a>
 */
final class TokenRoute {
    private static final String URL = "https://oauth.twilio.com/v2/token";
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");
    private static final Set<Integer> WRONG_CLIENT = Set.of(400, 401, 403);
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]{1,16384}");
    private static final long LONGEST_LIFE = Duration.ofDays(1).toSeconds();
    /** If the answer does not say. */
    private static final long SHORT_LIFE = Duration.ofMinutes(5).toSeconds();

    private final Credentials.OAuthClient client;
    private final HttpUrl url;
    private final Duration limit;
    private final InstantSource clock;
    private final Function<Outgoing, CompletableFuture<Answer>> send;

    TokenRoute(
            Credentials.OAuthClient client,
            Endpoints endpoints,
            RestOptions options,
            InstantSource clock,
            Function<Outgoing, CompletableFuture<Answer>> send) {
        this.client = client;
        this.url = endpoints.global(URL);
        this.limit = options.callTimeout();
        this.clock = clock;
        this.send = send;
    }

    CompletableFuture<OAuthTokens.Given> fetch() {
        byte[] form = FormCodec.encode(List.of(
                Map.entry("client_id", client.id()),
                Map.entry("client_secret", client.secret()),
                Map.entry("grant_type", "client_credentials")));
        Request request = new Request.Builder()
                .url(url)
                .post(RequestBody.create(form, FORM))
                .header("Accept", "application/json")
                .build();
        return send.apply(new Outgoing(action(), request, limit, true, true)).thenApply(this::token);
    }

    private String action() {
        return "fetch a token for OAuth client " + client.id();
    }

    private OAuthTokens.Given token(Answer answer) {
        if (!answer.isSuccess()) {
            throw refusal(answer);
        }
        JsonNode body = answer.json(action());
        String token = body.path("access_token").textValue();
        String type = body.path("token_type").asText("Bearer");
        if (token == null || !TOKEN.matcher(token).matches() || !type.equalsIgnoreCase("Bearer")) {
            throw new ConversationsException(action() + ": the answer holds no bearer token");
        }
        long seconds = Math.min(LONGEST_LIFE, body.path("expires_in").asLong(SHORT_LIFE));
        if (seconds <= 0) {
            throw new ConversationsException(action() + ": the token that was given has expired already");
        }
        return new OAuthTokens.Given(token, Duration.ofSeconds(seconds));
    }

    private TwilioApiException refusal(Answer answer) {
        ApiError error = answer.error();
        if (WRONG_CLIENT.contains(answer.status())) {
            return new AccessDeniedException(
                    action() + " (are client id and secret right, and of this account?)", error);
        }
        return Refusals.of(action(), error, answer.retryAfter(clock.instant()));
    }
}
