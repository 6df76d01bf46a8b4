package io.github.conversations4j;

import io.github.conversations4j.token.TokenMinter;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Makes the minter of access tokens that belongs to credentials. Stateless. */
final class Minting {
    private Minting() {}

    static TokenMinter minter(Credentials credentials, InstantSource clock, RandomGenerator random) {
        Credentials.ApiKey key = credentials
                .apiKey()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "tokens: an access token is signed with an API key, which OAuth can not stand in for; set"
                                        + " TWILIO_API_KEY_SID and TWILIO_API_SECRET, or use Credentials.builder(…).apiKey(…)"));
        String service = credentials
                .serviceSid()
                .orElseThrow(() -> new IllegalStateException("tokens: an access token is for one conversation service;"
                        + " set TWILIO_CONVERSATIONS_SERVICE_SID, or use Credentials.builder(…).serviceSid(…)"));
        TokenMinter.Builder builder = TokenMinter.builder(credentials.accountSid())
                .apiKey(key.sid(), key.secret())
                .serviceSid(service)
                .clock(clock)
                .random(random);
        credentials.region().ifPresent(builder::region);
        return builder.build();
    }
}
