package io.github.conversations4j;

import io.github.conversations4j.error.ConversationsException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a backend is to Twilio: the account, the secrets it signs in and verifies webhooks with, and which service in
 * which region it works on. Immutable. {@link #toString} shows no secret.
 *
 * <p>What each is for, and what signs in if there are several, first to last:
 *
 * <ul>
 *   <li>an OAuth client: for calling Twilio, with short-lived tokens that are fetched and renewed by themselves. Nothing else:
 *       give an auth token too if you receive webhooks, and an API key if you mint access tokens
 *   <li>an API key: for calling Twilio and for minting access tokens
 *   <li>an auth token: for verifying webhooks, however calls are made, and without the others for calling too
 * </ul>
 *
 * <p>Several auth tokens can be given, so that webhooks are
 * accepted all through a <a href="https://www.twilio.com/docs/iam/api/authtoken">rotation</a>.
 */
public final class Credentials {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");

    private final String accountSid;
    private final List<String> authTokens;
    private final @Nullable ApiKey apiKey;
    private final @Nullable OAuthClient oauth;
    private final @Nullable String serviceSid;
    private final @Nullable String region;
    private final @Nullable String edge;

    private Credentials(Builder builder) {
        this.accountSid = builder.accountSid;
        this.authTokens = List.copyOf(builder.authTokens);
        this.apiKey = builder.apiKey;
        this.oauth = builder.oauth;
        this.serviceSid = builder.serviceSid;
        this.region = builder.region;
        this.edge = builder.edge;
    }

    /**
     * A key made in Twilio's console for one program; can be revoked alone.
     *
     * @param sid names it, {@code SK…}
     * @param secret shown once, when it was made
     */
    public record ApiKey(String sid, String secret) {
        /** Checks both. */
        public ApiKey {
            requireSid("API key SID", sid, "SK");
            requireSecret("API key secret", secret);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "ApiKey[" + sid + ", secret=***]";
        }
    }

    /**
     * An OAuth app made in Twilio's console for one program.
     *
     * @param id the client id
     * @param secret shown once, when it was made
     * @see <a href="https://www.twilio.com/docs/iam/oauth-apps">OAuth apps</a>
     */
    public record OAuthClient(String id, String secret) {
        /** Checks both. */
        public OAuthClient {
            requireSecret("OAuth client id", id);
            requireSecret("OAuth client secret", secret);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "OAuthClient[" + id + ", secret=***]";
        }
    }

    /**
     * Reads the environment variables of this process, when called and never before. What is looked for:
     *
     * <ul>
     *   <li>{@code TWILIO_ACCOUNT_SID}, needed
     *   <li>{@code TWILIO_AUTH_TOKEN}, and {@code TWILIO_AUTH_TOKEN_SECONDARY} during a rotation
     *   <li>{@code TWILIO_API_KEY_SID} or {@code TWILIO_API_KEY}, together with {@code TWILIO_API_SECRET} or {@code
     *       TWILIO_API_KEY_SECRET}
     *   <li>{@code TWILIO_OAUTH_CLIENT_ID} together with {@code TWILIO_OAUTH_CLIENT_SECRET}; an OAuth client, a key or an auth
     *       token is needed
     *   <li>{@code TWILIO_CONVERSATIONS_SERVICE_SID} or {@code TWILIO_CHAT_SERVICE_SID}; without it the account's default
     *       service is used
     *   <li>{@code TWILIO_REGION} and {@code TWILIO_EDGE}
     * </ul>
     *
     * <p>Empty variables count as not set.
     *
     * @return the credentials
     * @throws ConversationsException if something needed is missing; it lists each variable that was looked for
     * @throws IllegalArgumentException if a variable has a value that can not be right
     */
    public static Credentials fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * Reads variables from a map, as {@link #fromEnvironment()} reads them from the process.
     *
     * @param variables names and values
     * @return the credentials
     * @throws ConversationsException if something needed is missing; it lists each variable that was looked for
     * @throws IllegalArgumentException if a variable has a value that can not be right
     */
    public static Credentials fromEnvironment(Map<String, String> variables) {
        return new CredentialVariables(variables).read();
    }

    /**
     * Starts a builder.
     *
     * @param accountSid the account, {@code AC…}
     * @return a builder, not thread-safe
     */
    public static Builder builder(String accountSid) {
        return new Builder(accountSid);
    }

    /**
     * The account.
     *
     * @return {@code AC…}
     */
    public String accountSid() {
        return accountSid;
    }

    /**
     * The secrets that webhooks may be signed with, the one to sign in with first.
     *
     * @return the auth tokens; empty if only a key was given
     */
    public List<String> authTokens() {
        return authTokens;
    }

    /**
     * The key to sign in and to mint tokens with.
     *
     * @return the key; empty if only auth tokens were given
     */
    public Optional<ApiKey> apiKey() {
        return Optional.ofNullable(apiKey);
    }

    /**
     * The OAuth client to sign in with, before all others.
     *
     * @return the client; empty if none was given
     */
    public Optional<OAuthClient> oauth() {
        return Optional.ofNullable(oauth);
    }

    /**
     * The Conversations service.
     *
     * @return {@code IS…}; empty for the account's default service
     */
    public Optional<String> serviceSid() {
        return Optional.ofNullable(serviceSid);
    }

    /**
     * Where the data lives.
     *
     * @return for example {@code ie1}; empty for Twilio's default, {@code us1}
     */
    public Optional<String> region() {
        return Optional.ofNullable(region);
    }

    /**
     * Where Twilio's network is entered.
     *
     * @return for example {@code dublin}; empty for Twilio's default
     */
    public Optional<String> edge() {
        return Optional.ofNullable(edge);
    }

    /** Everything but the secrets. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Credentials[").append(accountSid);
        text.append(", auth tokens: ").append(authTokens.size());
        apiKey().ifPresent(key -> text.append(", API key ").append(key.sid()));
        oauth().ifPresent(client -> text.append(", OAuth client ").append(client.id()));
        serviceSid().ifPresent(service -> text.append(", service ").append(service));
        region().ifPresent(name -> text.append(", region ").append(name));
        edge().ifPresent(name -> text.append(", edge ").append(name));
        return text.append(']').toString();
    }

    private static void requireSid(String what, String value, String prefix) {
        if (!value.matches(prefix + "[0-9a-zA-Z]{1,64}")) {
            throw new IllegalArgumentException(what + ": must begin with " + prefix
                    + " and go on with letters and digits, was \"" + mark(value) + '"');
        }
    }

    /** A secret that was put in the place of a SID must not end up in a log. */
    private static String mark(String value) {
        return value.length() <= 4 ? value : value.substring(0, 2) + "…(" + value.length() + " characters)";
    }

    private static void requireSecret(String what, String value) {
        if (value.isBlank() || value.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw new IllegalArgumentException(
                    what + ": must be printable ASCII without spaces (is there a line break at its end?)");
        }
    }

    private static void requireLabel(String what, String value) {
        if (!LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException(what
                    + ": must be one part of a host name in lower case, such as ie1 or dublin, was \"" + value + '"');
        }
    }

    /** Builds {@link Credentials}. Not thread-safe. */
    public static final class Builder {
        private final String accountSid;
        private final Set<String> authTokens = new LinkedHashSet<>();
        private @Nullable ApiKey apiKey;
        private @Nullable OAuthClient oauth;
        private @Nullable String serviceSid;
        private @Nullable String region;
        private @Nullable String edge;

        private Builder(String accountSid) {
            requireSid("account SID", accountSid, "AC");
            this.accountSid = accountSid;
        }

        /**
         * Adds an auth token. The first one signs in, unless there is an API key; each of them verifies webhooks.
         *
         * @param token the auth token
         * @return this
         */
        public Builder authToken(String token) {
            requireSecret("auth token", token);
            authTokens.add(token);
            return this;
        }

        /**
         * Sets the key to sign in and to mint tokens with.
         *
         * @param sid names it, {@code SK…}
         * @param secret its secret
         * @return this
         */
        public Builder apiKey(String sid, String secret) {
            this.apiKey = new ApiKey(sid, secret);
            return this;
        }

        /**
         * Sets the OAuth client to sign in with. Its tokens are fetched when the first call needs one, renewed before they
         * expire, and never shown.
         *
         * @param clientId names the OAuth app
         * @param clientSecret its secret
         * @return this
         */
        public Builder oauth(String clientId, String clientSecret) {
            this.oauth = new OAuthClient(clientId, clientSecret);
            return this;
        }

        /**
         * Sets the Conversations service; without it the account's default service is used.
         *
         * @param sid the service, {@code IS…}
         * @return this
         */
        public Builder serviceSid(String sid) {
            requireSid("service SID", sid, "IS");
            this.serviceSid = sid;
            return this;
        }

        /**
         * Sets where the data lives; keys belong to a region.
         *
         * @param name for example {@code ie1}
         * @return this
         */
        public Builder region(String name) {
            requireLabel("region", name);
            this.region = name;
            return this;
        }

        /**
         * Sets where Twilio's network is entered.
         *
         * @param name for example {@code dublin}
         * @return this
         */
        public Builder edge(String name) {
            requireLabel("edge", name);
            this.edge = name;
            return this;
        }

        /**
         * Builds the credentials.
         *
         * @return new credentials
         * @throws ConversationsException if there is no secret at all
         */
        public Credentials build() {
            if (apiKey == null && oauth == null && authTokens.isEmpty()) {
                throw new ConversationsException("credentials of " + accountSid
                        + ": there is neither an API key nor an OAuth client nor an auth token. Set one: a key or a client to"
                        + " call Twilio, an auth token to verify webhooks");
            }
            return new Credentials(this);
        }
    }
}
