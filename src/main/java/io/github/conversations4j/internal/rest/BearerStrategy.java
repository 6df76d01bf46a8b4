package io.github.conversations4j.internal.rest;

import com.twilio.auth_strategy.AuthStrategy;
import com.twilio.constant.EnumConstants;

/**
 * Tells twilio-java that its requests need a bearer token, which {@link Exchange} fetches before it sends them. Not of the
 * type TOKEN, for which twilio-java sends every refused request once more by itself. Stateless.
 */
final class BearerStrategy extends AuthStrategy {
    BearerStrategy() {
        super(EnumConstants.AuthType.CLIENT_CREDENTIALS);
    }

    @Override
    public boolean requiresAuthentication() {
        return true;
    }

    @Override
    public String getAuthString() {
        throw new IllegalStateException("the token was to be fetched before the request was sent");
    }
}
