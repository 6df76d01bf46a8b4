package io.github.conversations4j.token;

import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.internal.wire.AccessTokenClaims;
import io.github.conversations4j.internal.wire.IdentityRule;
import io.github.conversations4j.internal.wire.JwtKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes access tokens with a chat grant: what a backend gives to a person after it has made sure who that is. A backend's
 * client has one ready ({@code client.tokens()}); it also works on its own.
 *
 * <p>Nothing is sent to Twilio: a token is signed here, with the secret of an API key, and is valid from then until it
 * expires; only deleting the key ends it sooner. Immutable and thread-safe. {@link #toString} shows no secret.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/create-tokens">Create Access Tokens for Conversations</a>
 */
public final class TokenMinter {
    /** How long Twilio lets a token live at most. */
    public static final Duration MAX_TTL = Duration.ofHours(24);

    /** How long a token lives if nothing else is said. */
    public static final Duration DEFAULT_TTL = Duration.ofHours(1);

    private final Issuer issuer;
    private final Duration ttl;
    private final @Nullable String pushCredentialSid;

    /** What all tokens of a minter and of those derived from it have in common. */
    private record Issuer(
            String accountSid,
            String apiKeySid,
            JwtKey key,
            String serviceSid,
            @Nullable String region,
            InstantSource clock,
            RandomGenerator random) {}

    private TokenMinter(Issuer issuer, Duration ttl, @Nullable String pushCredentialSid) {
        this.issuer = issuer;
        this.ttl = ttl;
        this.pushCredentialSid = pushCredentialSid;
    }

    /**
     * Starts a builder.
     *
     * @param accountSid the account that owns key and service, {@code AC…}
     * @return a builder, not thread-safe
     */
    public static Builder builder(String accountSid) {
        return new Builder(accountSid);
    }

    /**
     * Mints a token for a person. Make sure who it is first: whoever gets the text can read and write as them.
     *
     * @param identity who they are to Twilio; they need not exist there yet
     * @return the text of a new token
     * @throws IllegalArgumentException if Twilio would not take the identity
     */
    public String mint(String identity) {
        Instant now = issuer.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        return new AccessTokenClaims(
                        newId(),
                        issuer.apiKeySid(),
                        issuer.accountSid(),
                        now,
                        null,
                        now.plus(ttl),
                        IdentityRule.require(identity),
                        issuer.serviceSid(),
                        pushCredentialSid,
                        issuer.region())
                .sign(issuer.key());
    }

    /**
     * Mints a token and tells what is in it, for an endpoint that also answers when the token expires.
     *
     * @param identity who they are to Twilio; they need not exist there yet
     * @return a new token
     * @throws IllegalArgumentException if Twilio would not take the identity
     */
    public AccessToken accessToken(String identity) {
        return AccessToken.of(mint(identity));
    }

    /** Twilio leaves the id to us and wants it unique; 128 bits of chance are, also across machines. */
    private String newId() {
        RandomGenerator random = issuer.random();
        return "%s-%016x%016x".formatted(issuer.apiKeySid(), random.nextLong(), random.nextLong());
    }

    /**
     * Derives a minter whose tokens live longer or shorter.
     *
     * @param ttl how long, from one second to {@link #MAX_TTL}; parts of a second are dropped
     * @return a new minter
     */
    public TokenMinter withTtl(Duration ttl) {
        return new TokenMinter(issuer, checked(ttl), pushCredentialSid);
    }

    /**
     * Derives a minter whose tokens let a mobile client register for push notifications.
     *
     * @param sid the push credential of that platform, {@code CR…}
     * @return a new minter
     */
    public TokenMinter withPushCredential(String sid) {
        return new TokenMinter(issuer, ttl, checked("push credential SID", sid, "CR"));
    }

    /** Names key, service and lifetime, without the secret. */
    @Override
    public String toString() {
        return "TokenMinter[" + issuer.accountSid() + ", API key " + issuer.apiKeySid() + ", service "
                + issuer.serviceSid() + ", ttl " + ttl + "]";
    }

    private static Duration checked(Duration ttl) {
        Duration seconds = ttl.truncatedTo(ChronoUnit.SECONDS);
        if (seconds.isNegative() || seconds.isZero() || ttl.compareTo(MAX_TTL) > 0) {
            throw new IllegalArgumentException(
                    "ttl: Twilio takes tokens that live from one second to 24 hours (error 20104), was " + ttl);
        }
        return seconds;
    }

    /** The value is left out of the message: a secret that was put in the place of a SID must not end up in a log. */
    private static String checked(String what, String value, String prefix) {
        if (!value.matches(prefix + "[0-9a-zA-Z]{1,64}")) {
            throw new IllegalArgumentException(
                    what + ": must begin with " + prefix + " and go on with letters and digits");
        }
        return value;
    }

    /** Builds a {@link TokenMinter}. Not thread-safe. */
    public static final class Builder {
        private final String accountSid;
        private @Nullable String apiKeySid;
        private @Nullable JwtKey key;
        private @Nullable String serviceSid;
        private @Nullable String region;
        private InstantSource clock = InstantSource.system();
        private RandomGenerator random = new SecureRandom();

        private Builder(String accountSid) {
            this.accountSid = checked("account SID", accountSid, "AC");
        }

        /**
         * Sets the key that signs; an auth token can not.
         *
         * @param sid names the key, {@code SK…}
         * @param secret its secret, shown by Twilio once, when the key was made
         * @return this
         */
        public Builder apiKey(String sid, String secret) {
            this.apiKeySid = checked("API key SID", sid, "SK");
            this.key = JwtKey.of(secret);
            return this;
        }

        /**
         * Sets the Conversations service that tokens open.
         *
         * @param sid the service, {@code IS…}
         * @return this
         */
        public Builder serviceSid(String sid) {
            this.serviceSid = checked("service SID", sid, "IS");
            return this;
        }

        /**
         * Sets the region that key and service belong to; without it Twilio takes {@code us1}.
         *
         * @param name for example {@code ie1}
         * @return this
         */
        public Builder region(String name) {
            this.region = name;
            return this;
        }

        /**
         * Sets the clock that tells when a token begins to live.
         *
         * @param source the clock; the system's if not set
         * @return this
         */
        public Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        /**
         * Sets the source of the ids.
         *
         * @param source a thread-safe source; a {@link SecureRandom} if not set
         * @return this
         */
        public Builder random(RandomGenerator source) {
            this.random = source;
            return this;
        }

        /**
         * Builds the minter; its tokens live for {@link #DEFAULT_TTL}.
         *
         * @return a new minter
         * @throws ConversationsException if the key or the service was not set; it names both what to call and the
         *     environment variables that a client's credentials are read from
         */
        public TokenMinter build() {
            List<String> missing = new ArrayList<>();
            if (apiKeySid == null) {
                missing.add("an API key (apiKey(…), or TWILIO_API_KEY_SID and TWILIO_API_SECRET)");
            }
            if (serviceSid == null) {
                missing.add("the Conversations service (serviceSid(…), or TWILIO_CONVERSATIONS_SERVICE_SID)");
            }
            if (apiKeySid == null || key == null || serviceSid == null) {
                throw new ConversationsException(
                        "access tokens of " + accountSid + " can not be minted without "
                                + String.join(" and without ", missing)
                                + ". An auth token can not sign them; make a key at https://console.twilio.com, under API keys");
            }
            Issuer issuer = new Issuer(accountSid, apiKeySid, key, serviceSid, region, clock, random);
            return new TokenMinter(issuer, DEFAULT_TTL, null);
        }
    }
}
